import { memo, type ReactNode } from 'react';
import type { ContactRow, MatchReason } from '../../shared/operations/contacts.ts';
import { fieldLabels } from '../contact-form/field-labels.ts';
import { SyncMark } from '../sync/sync-mark.tsx';
import type { SyncMark as Mark } from '../sync/use-sync-marks.ts';
import classes from './contact-list.module.css';
import { budgetWords, initials, longTime, shortTime } from './contact-words.ts';
import type { LaidOutColumn } from './columns.ts';
import { MarkedText } from './marked-text.tsx';
import { markDigits, markWords, type SearchTerms } from './marks.ts';
import { TagLabel } from './tag-label.tsx';
import { TypeLabel } from './type-label.tsx';

/** Names for the ids that rows carry. */
export interface Names {
  tags: ReadonlyMap<string, { name: string; color: string }>;
  members: ReadonlyMap<string, string>;
}

export interface RowProps {
  id: string;
  index: number;
  top: number;
  height: number;
  /** Undefined while the row is being read. */
  row: ContactRow | undefined;
  columns: readonly LaidOutColumn[];
  terms: SearchTerms;
  names: Names;
  isActive: boolean;
  isChosen: boolean;
  isOpen: boolean;
  /** Why it is not as on the server, if so. */
  mark: Mark | undefined;
  /** Whether it can be dragged out of the window. */
  isDraggable: boolean;
  now: Date;
}

/** One contact of the list. */
export const ContactListRow = memo(function ContactListRow(props: RowProps): ReactNode {
  const { row, columns, index, isActive, isChosen, isOpen } = props;
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isChosen || isOpen}
      className={classes.row}
      data-active={isActive || undefined}
      data-chosen={isChosen || undefined}
      data-open={isOpen || undefined}
      data-index={index}
      data-reason={row?.reason === undefined ? undefined : ''}
      draggable={props.isDraggable}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
    >
      <span role="gridcell" className={classes.choose} aria-label={isChosen ? 'Selected' : 'Not selected'} data-choose>
        <span className={classes.box} />
      </span>
      {columns.map((column) => (
        <span
          key={column.id}
          role="gridcell"
          className={classes.cell}
          data-column={column.id}
          data-numeric={column.numeric}
        >
          {row ? <Cell {...props} column={column} row={row} /> : <Placeholder />}
          {column.id === 'name' && row?.reason && <Reason reason={row.reason} terms={props.terms} />}
        </span>
      ))}
    </div>
  );
});

function Placeholder(): ReactNode {
  return <span className={classes.placeholder} />;
}

/** Where the search found it, as no cell shows it: 'Notes: …by return of post'. */
function Reason({ reason: { field, label, snippet }, terms }: { reason: MatchReason; terms: SearchTerms }): ReactNode {
  const word = label ?? (fieldLabels as Readonly<Record<string, string>>)[field] ?? field;
  const stretches = /\p{L}/u.test(snippet) ? markWords(snippet, terms) : markDigits(snippet, terms);
  return <span className={classes.reason}>{word}: <bdi><MarkedText stretches={stretches} /></bdi></span>;
}

type CellProps = Pick<RowProps, 'terms' | 'names' | 'now' | 'mark'> & { column: LaidOutColumn; row: ContactRow };

function Cell({ column, row, terms, names, now, mark }: CellProps): ReactNode {
  switch (column.id) {
    case 'name':
      return <><Text value={row.name} terms={terms} strong />{mark && <SyncMark mark={mark} />}</>;
    case 'contactType':
      return <TypeLabel type={row.contactType} />;
    case 'place':
      return <Text value={row.company ?? row.city} terms={terms} />;
    case 'primaryEmail':
      return <Text value={row.primaryEmail} terms={terms} />;
    case 'primaryPhone':
      return row.primaryPhone && (
        <bdi title={row.primaryPhone}><MarkedText stretches={markDigits(row.primaryPhone, terms)} /></bdi>
      );
    case 'tags':
      return <Tags ids={row.tags} names={names} width={column.width} />;
    case 'members':
      return <Members ids={row.members} names={names} />;
    case 'budget':
      return budgetWords(row.budget, row.budgetType);
    case 'updatedAt': {
      const at = row.deletedAt ?? row.updatedAt;
      return <time dateTime={at} title={longTime(at)}>{shortTime(at, now)}</time>;
    }
  }
}

function Text({ value, terms, strong }: { value: string | null; terms: SearchTerms; strong?: true }): ReactNode {
  return value && (
    <bdi className={strong && classes.strong} title={value}>
      <MarkedText stretches={markWords(value, terms)} />
    </bdi>
  );
}

/** The room that a tag needs to be read. */
const tagWidth = 84;

function Tags({ ids, names, width }: { ids: readonly string[]; names: Names; width: number }): ReactNode {
  const shownTags = Math.max(1, Math.floor(width / tagWidth));
  const tags = ids.map((id) => ({ id, ...(names.tags.get(id) ?? { name: '…', color: 'transparent' }) }));
  const more = tags.slice(shownTags);
  return (
    <>
      {tags.slice(0, shownTags).map((tag) => <TagLabel key={tag.id} name={tag.name} color={tag.color} />)}
      {more.length > 0 && (
        <span className={classes.more} title={more.map((tag) => tag.name).join(', ')}>+{more.length}</span>
      )}
    </>
  );
}

const shownMembers = 2;

function Members({ ids, names }: { ids: readonly string[]; names: Names }): ReactNode {
  const people = ids.map((id) => ({ id, name: names.members.get(id) ?? '…' }));
  if (people.length === 0) return null;
  const all = people.map((person) => person.name).join(', ');
  return (
    <span className={classes.people} role="img" aria-label={all} title={all}>
      {people.slice(0, shownMembers).map(({ id, name }) => <span key={id} className={classes.person}>{initials(name)}</span>)}
      {people.length > shownMembers && <span className={classes.more}>+{people.length - shownMembers}</span>}
    </span>
  );
}
