import { Button, NativeSelect } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconChecks, IconCloudOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { ConflictChoice, SyncConflict } from '../../shared/operations/sync.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { isTyping } from '../app/keyboard.ts';
import { isFocusLost } from '../app/use-return-focus.ts';
import { ListMessage } from '../contacts/list-message.tsx';
import { useAnswer } from '../host/queries.ts';
import classes from './conflict-inbox.module.css';
import { groupsOf, keyOfGroup } from './conflict-groups.ts';
import { ConflictList } from './conflict-list.tsx';
import { ConflictView } from './conflict-view.tsx';
import { choiceWords } from './conflict-words.ts';
import { answerConflicts, type Meant } from './sync-actions.ts';

const choiceOfKey: Readonly<Record<string, ConflictChoice>> = { m: 'mine', t: 'theirs', b: 'both' };

/** The open conflicts, one beside the list of all: each answered by a button or a key, or many of a kind at once. */
export function ConflictInbox(): ReactNode {
  const answer = useAnswer('sync.conflicts', {});
  const isEmpty = answer.data?.items.length === 0;
  const wasEmpty = useRef(true);
  useEffect(() => {
    // The last conflict was answered: the keyboard goes on where the others stood.
    if (isEmpty && !wasEmpty.current && isFocusLost()) document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
    wasEmpty.current = isEmpty;
  }, [isEmpty]);
  if (answer.data === undefined) {
    if (!answer.error) return <div className={classes.inbox} aria-busy="true" />;
    return (
      <ListMessage icon={<IconCloudOff />} title="The conflicts cannot be read">
        <p>{answer.error.message}</p>
        <Button variant="light" onClick={() => void answer.refetch()}>Try again</Button>
      </ListMessage>
    );
  }
  if (isEmpty) {
    return (
      <ListMessage icon={<IconChecks />} title="No conflicts">
        <p>When you and somebody else change the same thing differently, both values wait here for your answer.</p>
      </ListMessage>
    );
  }
  return <Inbox conflicts={answer.data.items} />;
}

function Inbox({ conflicts }: { conflicts: readonly SyncConflict[] }): ReactNode {
  const context = useCommandContext();
  const client = useQueryClient();
  const [wanted, setWanted] = useState('');
  const [cursor, setCursor] = useState<{ id: string | null; index: number }>({ id: null, index: 0 });
  const isAnswering = useRef(false);
  const root = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => groupsOf(conflicts), [conflicts]);
  const group = groups.find(({ key }) => key === wanted);
  const shown = useMemo(
    () => (group ? conflicts.filter((conflict) => keyOfGroup(conflict) === group.key) : conflicts),
    [conflicts, group],
  );
  // The next one takes the place of one that was answered.
  const found = shown.findIndex(({ id }) => id === cursor.id);
  const index = found >= 0 ? found : Math.min(cursor.index, shown.length - 1);
  const active = shown[index];

  const show = (next: number): void => {
    const to = Math.max(0, Math.min(next, shown.length - 1));
    setCursor({ id: shown[to]?.id ?? null, index: to });
  };

  async function answer(meant: Meant, choice: ConflictChoice): Promise<void> {
    if (isAnswering.current) return;
    isAnswering.current = true;
    try {
      await answerConflicts(context, meant, choice, conflicts);
      await client.invalidateQueries({ queryKey: ['sync.conflicts'] });
    } finally {
      isAnswering.current = false;
    }
  }

  // The buttons of an answered conflict went with it: the keyboard goes on in the list.
  const activeId = active?.id;
  useEffect(() => {
    if (isFocusLost()) root.current?.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
  }, [activeId]);

  useWindowEvent('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector('[role=dialog]') !== null) return;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: index + 1, ArrowUp: index - 1, PageDown: index + 10, PageUp: index - 10, Home: 0, End: shown.length - 1,
    };
    const step = steps[event.key];
    const choice = choiceOfKey[event.key.toLowerCase()];
    if (step !== undefined) show(step);
    else if (choice && active?.choices.includes(choice)) void answer({ ids: [active.id] }, choice);
    else return;
    event.preventDefault();
  });

  return (
    <div ref={root} className={classes.inbox}>
      <div className={classes.side}>
        {groups.length > 1 && (
          <NativeSelect
            className={classes.groups ?? ''} size="xs" aria-label="Which conflicts" value={group?.key ?? ''}
            data={[
              { value: '', label: `All conflicts (${conflicts.length.toLocaleString()})` },
              ...groups.map(({ key, label, count }) => ({ value: key, label: `${label} (${count.toLocaleString()})` })),
            ]}
            onChange={(event) => {
              setWanted(event.currentTarget.value);
              setCursor({ id: null, index: 0 });
            }}
          />
        )}
        <BulkAnswers
          group={group ?? (groups.length === 1 ? groups[0] : undefined)}
          onAnswer={(meant, choice) => void answer(meant, choice)}
        />
        <ConflictList conflicts={shown} activeIndex={index} onChoose={show} />
      </div>
      {active && (
        <ConflictView key={active.id} conflict={active} onAnswer={(choice) => void answer({ ids: [active.id] }, choice)} />
      )}
    </div>
  );
}

interface BulkAnswersProps {
  group: ReturnType<typeof groupsOf>[number] | undefined;
  onAnswer: (meant: Meant, choice: ConflictChoice) => void;
}

/** Answers all of one kind and field alike; one undo takes it back. */
function BulkAnswers({ group, onAnswer }: BulkAnswersProps): ReactNode {
  if (!group || group.count < 2) return null;
  return (
    <div className={classes.bulk} role="group" aria-label={`Answer all: ${group.label}`}>
      <span className={classes.bulkTitle}>All {group.count.toLocaleString()}:</span>
      {group.choices.map((choice) => (
        <Button key={choice} size="compact-xs" variant="default" onClick={() => onAnswer(group, choice)}>
          {choiceWords(group, choice).label}
        </Button>
      ))}
    </div>
  );
}
