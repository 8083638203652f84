import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { clockTime, longTime, shortTime } from '../contacts/contact-words.ts';
import { useNames } from '../contacts/use-names.ts';
import { useNow } from '../contacts/use-now.ts';
import { useAnswer } from '../host/queries.ts';
import classes from './contact-history.module.css';
import { historySteps, type HistoryLine, type NameOf } from './history-words.ts';

const entriesAtFirst = 100;
const mostEntries = 1_000;

/** What was changed on a contact, when and by whom, newest first. */
export function ContactHistory({ id }: { id: string }): ReactNode {
  const [limit, setLimit] = useState(entriesAtFirst);
  const history = useAnswer('contact.history', { id, limit }, { keepPrevious: true }).data;
  const projects = useAnswer('project.list', { take: 100 }).data;
  const names = useNames();
  const now = useNow();
  if (history === undefined) return null;

  const nameOf: NameOf = (set, key) => {
    if (set === 'tags') return names.tags.get(key)?.name;
    if (set === 'members') return names.members.get(key);
    return projects?.items.find((project) => project.id === key)?.name;
  };
  return (
    <>
      <ol className={classes.steps}>
        {historySteps(history.items, nameOf).map((step) => (
          <li key={step.group} className={classes.step}>
            <div className={classes.head}>
              <bdi className={classes.who}>{step.who}</bdi>
              <time dateTime={step.at} title={longTime(step.at)}>{whenWords(step.at, now)}</time>
            </div>
            {/* A step never changes any more, so the order of its lines identifies them. */}
            {step.lines.map((line, order) => <Line key={order} line={line} />)}
          </li>
        ))}
      </ol>
      {history.total > history.items.length && limit < mostEntries && (
        <Button variant="subtle" size="compact-sm" onClick={() => setLimit(mostEntries)}>Show more</Button>
      )}
    </>
  );
}

function whenWords(at: string, now: Date): string {
  const short = shortTime(at, now);
  const clock = clockTime(at);
  return short === clock ? `Today ${clock}` : `${short}, ${clock}`;
}

function Line({ line }: { line: HistoryLine }): ReactNode {
  if (line.kind === 'sentence') return <p className={classes.line}>{line.text}</p>;
  return (
    <p className={classes.line}>
      <span className={classes.field}>{line.label}</span>{' '}
      <span className={classes.field}>{line.old === null ? 'added' : line.new === null ? 'removed' : 'changed'}:</span>{' '}
      {line.old !== null && <del className={classes.old} dir="auto" title={line.old}>{line.old}</del>}
      {line.old !== null && line.new !== null && <span aria-label="became"> → </span>}
      {line.new !== null && <ins className={classes.new} dir="auto" title={line.new}>{line.new}</ins>}
    </p>
  );
}
