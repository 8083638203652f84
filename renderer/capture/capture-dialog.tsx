import { Alert, Button, Group, Kbd, Modal, Textarea, TextInput } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useReducer, useRef, useState, type ReactNode } from 'react';
import { contactOfCapture } from '../../shared/capture.ts';
import type { CapturedField } from '../../shared/capture-fields.ts';
import { toAppError } from '../../shared/errors.ts';
import { useApp, useAppStore, type CaptureStart } from '../app/app-store.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { keyParts } from '../app/keyboard.ts';
import { isFocusLost } from '../app/use-return-focus.ts';
import { useHost } from '../host/host-context.tsx';
import { useAnswer } from '../host/queries.ts';
import classes from './capture-dialog.module.css';
import { captureReducer, startForm } from './capture-form.ts';
import { isEmptyCapture, keptCapture, type KeptCapture } from './kept-capture.ts';
import { SimilarContacts } from './similar-contacts.tsx';

const fieldLabels: Readonly<Record<CapturedField, string>> = {
  name: 'Name', company: 'Company', jobTitle: 'Job title', email: 'E-mail', phone: 'Phone', website: 'Website', notes: 'Notes',
};
const lineFields = ['name', 'company', 'jobTitle', 'email', 'phone', 'website'] as const;

/** A pasted signature, vCard or number becomes a filled form, with the contacts it may be a duplicate of. */
export function CaptureDialog({ onClose }: { onClose: () => void }): ReactNode {
  const host = useHost();
  const kept = useMemo(() => keptCapture(host), [host]);
  const given = useApp((state) => state.captureStart);
  const offer = useApp((state) => state.captureOffer);
  const startCapture = useApp((state) => state.startCapture);
  const settings = useAnswer('settings.get', {});
  const [start, setStart] = useState(isEmptyCapture(given) ? null : given);

  if (!isEmptyCapture(given) && start !== given) setStart(given);
  useEffect(() => void kept.read().then((before) => setStart((now) => now ?? before)), [kept]);

  // With its fields at once: a dialog that opens empty would give the focus to its button to close, and what is typed
  // at once would be lost.
  if (!settings.isFetched || start === null) return null;
  return (
    <Modal
      opened onClose={onClose} title="Quick capture" size="54rem" closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {offer && (
        <Alert className={classes.offer ?? ''} color="gray" role="status" icon={<IconInfoCircle size={16} aria-hidden />}>
          <Group gap="xs" justify="space-between">
            <span>This is what was typed here before and not saved.</span>
            <Button size="compact-sm" variant="default" onClick={() => startCapture(offer)}>Start over with the new one</Button>
          </Group>
        </Alert>
      )}
      <CaptureBody
        key={JSON.stringify(start)}
        start={start}
        region={settings.data?.phoneRegion ?? ''}
        keep={kept.put}
        onClose={onClose}
      />
    </Modal>
  );
}

interface BodyProps {
  start: CaptureStart;
  region: string;
  /** Takes what is typed, for the next time. */
  keep: KeptCapture['put'];
  onClose: () => void;
}

function CaptureBody({ start, region, keep, onClose }: BodyProps): ReactNode {
  const host = useHost();
  const store = useAppStore();
  const { notify } = useCommandContext();
  const formId = useId();
  const root = useRef<HTMLFormElement>(null);
  const [form, dispatch] = useReducer(captureReducer, start, (from) => startForm(from, region));
  const [newId] = useState(() => crypto.randomUUID());
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const { text, fields } = form;
  useEffect(() => keep({ text, fields }), [keep, text, fields]);
  // The button to start over went with what was there before.
  useEffect(() => {
    if (isFocusLost()) root.current?.querySelector('textarea')?.focus();
  }, []);

  function leave(act: () => void): void {
    onClose();
    act();
  }

  function open(id: string): void {
    store.getState().goTo('contacts');
    store.getState().openContactPane(id);
  }

  async function save(thenEdit: boolean): Promise<void> {
    if (isSaving) return;
    setSaving(true);
    setProblem(null);
    try {
      const { id, name } = await host.call('contact.create', { ...contactOfCapture(form), id: newId });
      keep({});
      leave(() => {
        open(id);
        if (thenEdit) store.getState().editContact(id);
        notify({ message: `Created “${name}”` });
      });
    } catch (thrown) {
      const error = toAppError(thrown);
      dispatch({ type: 'refused', issues: error.issues });
      if (error.issues.length === 0) setProblem(error.message);
      setSaving(false);
      requestAnimationFrame(() => root.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    }
  }

  useWindowEvent('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    void save(false);
  });

  return (
    <form
      ref={root}
      id={formId}
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(false);
      }}
    >
      <Textarea
        label="Paste a signature, a vCard or a number"
        className={classes.paste ?? ''}
        classNames={{ input: classes.pasteInput ?? '' }}
        data-autofocus
        spellCheck={false}
        dir="auto"
        rows={4}
        value={form.text}
        onChange={(event) => dispatch({ type: 'pasted', text: event.currentTarget.value, region })}
      />
      <div className={classes.columns}>
        <div className={classes.fields}>
          {lineFields.map((field) => (
            <TextInput
              key={field}
              label={fieldLabels[field]}
              className={field === 'name' ? (classes.wide ?? '') : ''}
              required={field === 'name'}
              dir="auto"
              autoComplete="off"
              spellCheck={false}
              value={form.fields[field]}
              error={form.errors[field]}
              onChange={(event) => dispatch({ type: 'typed', field, value: event.currentTarget.value })}
            />
          ))}
          <Textarea
            label={fieldLabels.notes}
            className={classes.wide ?? ''}
            dir="auto"
            autosize
            minRows={2}
            maxRows={5}
            value={form.fields.notes}
            error={form.errors.notes}
            onChange={(event) => dispatch({ type: 'typed', field: 'notes', value: event.currentTarget.value })}
          />
        </div>
        <SimilarContacts fields={form.fields} onOpen={(id) => leave(() => open(id))} />
      </div>
      {problem !== null && <p role="alert" className={classes.problem}>{problem}</p>}
      <Group justify="flex-end" gap="xs" className={classes.footer ?? ''}>
        <Button variant="default" onClick={onClose}>Close</Button>
        <Button variant="default" disabled={isSaving} onClick={() => void save(true)}>Save and edit</Button>
        <Button type="submit" loading={isSaving}>
          Save <Kbd className={classes.key ?? ''} size="xs" aria-hidden>{keyParts('Mod+Enter').join(' ')}</Kbd>
        </Button>
      </Group>
    </form>
  );
}
