import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { captureDraftKey } from '../capture/kept-capture.ts';
import { useAnswer, useAction } from '../host/queries.ts';
import classes from './drafts-chip.module.css';
import { draftName, imageDraftKey, newDraftKey } from './draft.ts';
import { listDrafts } from './draft-list.ts';
import { timeWords } from './form-notices.tsx';

/** Unsaved forms, to go back to; draws nothing when there are none. */
export function DraftsChip({ onOpen }: { onOpen: (key: string) => void }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const answer = useAnswer('draft.list', {});
  const discard = useAction('draft.discard');
  const drafts = listDrafts(answer.data ?? []);
  if (drafts.length === 0) return null;

  async function forget(key: string): Promise<void> {
    await discard.mutateAsync({ key });
    await discard.mutateAsync({ key: imageDraftKey(key) });
    await answer.refetch();
  }

  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" trapFocus withArrow>
      <Popover.Target>
        <Button
          size="compact-xs" variant="default"
          leftSection={<IconPencil className={classes.pencil} size={12} aria-hidden />}
          onClick={() => {
            // What was typed since is in the drafts, but only their coming and going is announced.
            if (!isOpen) void answer.refetch();
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
                variant="subtle" color="gray" aria-label="Discard this draft" onClick={() => void forget(key)}
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

/** What forms are called that have no contact yet. */
const titles: Readonly<Record<string, string>> = { [newDraftKey]: 'New contact', [captureDraftKey]: 'Quick capture' };

/** The typed name, else the contact's own. */
function DraftTitle({ contactKey, typedName }: { contactKey: string; typedName: string }): ReactNode {
  const title = titles[contactKey];
  const contact = useAnswer('contact.get', { id: contactKey }, { enabled: title === undefined && typedName === '' });
  const otherwise = title ?? contact.data?.name ?? 'Contact';
  return <span className={classes.name} dir="auto">{typedName === '' ? otherwise : typedName}</span>;
}
