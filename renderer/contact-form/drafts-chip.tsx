import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { captureDraftKey } from '../capture/kept-capture.ts';
import { useAnswer } from '../host/queries.ts';
import classes from './drafts-chip.module.css';
import { draftName, imageDraftKey } from './draft.ts';
import { listDrafts } from './draft-list.ts';
import { isNewForm } from './form-key.ts';
import { timeWords } from './form-notices.tsx';
import { useDrafts } from './use-drafts.ts';

/** Unsaved forms, to go back to; draws nothing when there are none. */
export function DraftsChip({ onOpen }: { onOpen: (key: string) => void }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { drafts: kept, refetch, forget } = useDrafts();
  const drafts = listDrafts(kept);
  if (drafts.length === 0) return null;

  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" trapFocus withArrow>
      <Popover.Target>
        <Button
          size="compact-xs" variant="default"
          leftSection={<IconPencil className={classes.pencil} size={12} aria-hidden />}
          onClick={() => {
            // What was typed since is in the drafts, but only their coming and going is announced.
            if (!isOpen) refetch();
            setOpen(!isOpen);
          }}
        >
          {drafts.length === 1 ? '1 unsaved contact' : `${drafts.length} unsaved contacts`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.list}>
        {drafts.map(({ key, draft, updatedAt }) => (
          <div key={key} className={classes.draft}>
            <Button
              variant="subtle" color="gray" size="compact-sm" justify="flex-start" className={classes.open ?? ''}
              onClick={() => {
                setOpen(false);
                onOpen(key);
              }}
            >
              <DraftTitle contactKey={key} typedName={draft === undefined ? '' : draftName(draft)} />
              <span className={classes.time}>{timeWords(updatedAt)}</span>
            </Button>
            <Tooltip label="Discard">
              <ActionIcon
                variant="subtle" color="gray" aria-label="Discard this draft" onClick={() => forget([key, imageDraftKey(key)])}
              >
                <IconTrash size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </div>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

/** What a form is called that has no contact yet. */
function titleOf(key: string): string | undefined {
  if (isNewForm(key)) return 'New contact';
  return key === captureDraftKey ? 'Quick capture' : undefined;
}

/** The typed name, else the contact's own. */
function DraftTitle({ contactKey, typedName }: { contactKey: string; typedName: string }): ReactNode {
  const title = titleOf(contactKey);
  const contact = useAnswer('contact.get', { id: contactKey }, { enabled: title === undefined && typedName === '' });
  const otherwise = title ?? contact.data?.name ?? 'Contact';
  return <span className={classes.name} dir="auto">{typedName === '' ? otherwise : typedName}</span>;
}
