import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconHistory, IconTrash, IconUsers } from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';
import { actorWords } from './actor-words.ts';
import classes from './contact-form.module.css';
import { fieldLabels } from './field-labels.ts';
import type { FormState } from './form-state.ts';

interface RestoredNoticeProps {
  /** When the draft was kept, RFC 3339. */
  at: string;
  onDiscard: () => void;
  onClose: () => void;
}

/** Says that the form brought back what was typed before. */
export function RestoredNotice({ at, onDiscard, onClose }: RestoredNoticeProps): ReactNode {
  return (
    <Alert
      className={classes.notice ?? ''} color="gray" icon={<IconHistory size={16} aria-hidden />} aria-live="polite"
      withCloseButton closeButtonLabel="Close this notice" onClose={onClose}
    >
      <Group gap="xs" justify="space-between">
        <span>Restored what you had typed {timeWords(at)}.</span>
        <Button size="compact-xs" variant="default" onClick={onDiscard}>Discard it</Button>
      </Group>
    </Alert>
  );
}

/** 'at 14:05', or with the day when that was another one. */
export function timeWords(at: string, now = new Date()): string {
  const then = new Date(at);
  const time = then.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  if (then.toDateString() === now.toDateString()) return `at ${time}`;
  return `on ${then.toLocaleDateString(undefined, { day: 'numeric', month: 'long' })} at ${time}`;
}

/** Names the untouched fields that were filled by a change from elsewhere. */
export function TakenNotice({ form, onClose }: { form: FormState; onClose: () => void }): ReactNode {
  const fields = form.taken.map((field) => fieldLabels[field]).join(', ');
  return (
    <Alert
      className={classes.notice ?? ''} color="blue" icon={<IconUsers size={16} aria-hidden />} aria-live="polite"
      withCloseButton closeButtonLabel="Close this notice" onClose={onClose}
    >
      Changed {actorWords(form.changedBy)} and updated here: {fields}.
    </Alert>
  );
}

interface AbsenceNoticeProps {
  form: FormState;
  noticeRef: RefObject<HTMLDivElement | null>;
  onRecover: () => void;
}

/** Says that the contact is in the trash, or erased, while its form is open. */
export function AbsenceNotice({ form, noticeRef, onRecover }: AbsenceNoticeProps): ReactNode {
  const by = form.changedBy === null ? '' : ` ${actorWords(form.changedBy)}`;
  return (
    <Alert
      ref={noticeRef} tabIndex={-1}
      className={classes.notice ?? ''} color="orange" icon={<IconTrash size={16} aria-hidden />} role="alert"
      title={form.absence === 'trash' ? `This contact was moved to the trash${by}` : `This contact was erased${by}`}
    >
      {form.absence === 'trash' ? (
        <Group gap="xs" justify="space-between">
          <span>What you typed is still here. Restore the contact to go on.</span>
          <Button size="compact-xs" variant="default" onClick={onRecover}>Restore contact</Button>
        </Group>
      ) : (
        'What you typed is still here. Saving makes the contact again.'
      )}
    </Alert>
  );
}

/** Why saving did not work, as far as it belongs to no field. */
export function ProblemNotice({ message }: { message: string }): ReactNode {
  return (
    <Alert className={classes.notice ?? ''} color="red" icon={<IconAlertTriangle size={16} aria-hidden />} role="alert">
      <Text size="sm">{message}</Text>
    </Alert>
  );
}
