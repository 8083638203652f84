import { Button, Kbd } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ConflictChoice, SyncConflict } from '../../shared/operations/sync.ts';
import { useApp } from '../app/app-store.ts';
import { longTime } from '../contacts/contact-words.ts';
import { useNow } from '../contacts/use-now.ts';
import { useAnswer } from '../host/queries.ts';
import classes from './conflict-view.module.css';
import { choiceWords, storyWords, subjectWords, valueWords } from './conflict-words.ts';
import { DuplicateValues } from './duplicate-values.tsx';
import { compareTexts, type Stretch } from './text-difference.ts';
import { momentWords } from './time-words.ts';

const keys: Readonly<Record<ConflictChoice, string>> = { mine: 'M', theirs: 'T', both: 'B' };

interface ConflictViewProps {
  conflict: SyncConflict;
  onAnswer: (choice: ConflictChoice) => void;
}

/** One conflict: what happened, the values that stand against each other, and the answers. */
export function ConflictView({ conflict, onAnswer }: ConflictViewProps): ReactNode {
  const { contactId, otherId, field, name, otherName } = conflict;
  return (
    <section className={classes.view} aria-label="Conflict">
      <h2 className={classes.title}><bdi>{name ?? 'Many contacts'}</bdi></h2>
      <p className={classes.subject}>{subjectWords(conflict)}</p>
      <p className={classes.story}>{storyWords(conflict)}</p>
      {field !== null && <Values conflict={conflict} />}
      {contactId !== null && otherId !== null && <DuplicateValues mineId={contactId} theirsId={otherId} />}
      <ul className={classes.answers}>
        {conflict.choices.map((choice) => {
          const { label, effect } = choiceWords(conflict, choice);
          return (
            <li key={choice} className={classes.answer}>
              <Button
                size="xs" variant="light" aria-keyshortcuts={keys[choice]}
                rightSection={<Kbd size="xs" aria-hidden>{keys[choice]}</Kbd>}
                onClick={() => onAnswer(choice)}
              >
                {label}
              </Button>
              <span className={classes.effect}>{effect}</span>
            </li>
          );
        })}
      </ul>
      <div className={classes.links}>
        {contactId !== null && conflict.kind !== 'removed' && <OpenContact id={contactId} words={`Open ${otherId === null ? 'the contact' : 'mine'}`} />}
        {otherId !== null && <OpenContact id={otherId} words={`Open ${otherName ?? 'the server’s'} of the server`} />}
      </div>
    </section>
  );
}

function OpenContact({ id, words }: { id: string; words: string }): ReactNode {
  const goTo = useApp((state) => state.goTo);
  const openContactPane = useApp((state) => state.openContactPane);
  return (
    <Button
      size="compact-sm" variant="subtle"
      onClick={() => {
        goTo('contacts');
        openContactPane(id);
      }}
    >
      {words}
    </Button>
  );
}

/** Mine and theirs side by side with what each has alone marked, and what both started from. */
function Values({ conflict }: { conflict: SyncConflict }): ReactNode {
  const { field, base, mine, theirs, mineAt, theirsAt } = conflict;
  const account = useAnswer('sync.status', {}).data?.account;
  const now = useNow();
  const [ours, others] = [valueWords(field, mine), valueWords(field, theirs)];
  const marked = ours !== null && others !== null && isLong(ours, others) ? compareTexts(ours, others) : null;
  const before = valueWords(field, base);
  const server = account ? account.organizationName : 'the server';
  return (
    <div className={classes.values}>
      <Value title="Mine" side="mine" source="You, on this computer" at={mineAt} now={now} value={ours} stretches={marked?.a} />
      <Value title="Theirs" side="theirs" source={`Someone at ${server}`} at={theirsAt} now={now} value={others} stretches={marked?.b} />
      {conflict.kind === 'field' && (
        <Value title="Before" side="base" source="What both started from" at={null} now={now} value={before} stretches={undefined} />
      )}
    </div>
  );
}

/** Short values are seen whole at a glance; marks would only disturb. */
function isLong(a: string, b: string): boolean {
  return Math.max(a.length, b.length) > 24 || a.includes('\n') || b.includes('\n');
}

interface ValueProps {
  title: string;
  side: 'mine' | 'theirs' | 'base';
  /** Whose value it is. */
  source: string;
  at: string | null;
  now: Date;
  value: string | null;
  stretches: readonly Stretch[] | undefined;
}

function Value({ title, side, source, at, now, value, stretches }: ValueProps): ReactNode {
  return (
    <div className={classes.value} data-side={side}>
      <h3 className={classes.side}>{title}</h3>
      <p className={classes.source}>
        <bdi>{source}</bdi>
        {at !== null && <>, <time dateTime={at} title={longTime(at)}>{momentWords(at, now)}</time></>}
      </p>
      {value === null ? <p className={classes.none}>empty</p> : (
        <p className={classes.text} dir="auto">
          {/* The stretches of one value never change their order. */}
          {stretches?.map(({ text, differs }, order) => (differs ? <mark key={order}>{text}</mark> : <span key={order}>{text}</span>)) ?? value}
        </p>
      )}
    </div>
  );
}
