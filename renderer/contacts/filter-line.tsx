import { Button, CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { isFiltered, useApp, type ListFilter } from '../app/app-store.ts';
import type { ContactPages } from './contact-pages.ts';
import { typeWords } from './contact-words.ts';
import classes from './filter-line.module.css';
import { useNames } from './use-names.ts';

/** One line above the titles of the columns while the list is narrowed down: to what, how much is left, the way back. */
export function FilterLine({ pages }: { pages: ContactPages }): ReactNode {
  const filter = useApp((state) => state.filter);
  const setFilter = useApp((state) => state.setFilter);
  const clearFilter = useApp((state) => state.clearFilter);
  const names = useNames();
  if (!isFiltered(filter)) return null;
  const chips = (kind: 'types' | 'tags' | 'members', nameOf: (id: string) => string): ReactNode => filter[kind].map((id) => (
    <Chip
      key={id} name={nameOf(id)}
      onRemove={() => setFilter(without(filter, kind, id))}
    />
  ));
  return (
    <div className={classes.line}>
      <span role="status" className={classes.found}>{foundWords(pages)}{isRanked(filter) && ', best matches first'}</span>
      <div className={classes.chips}>
        {chips('types', (id) => typeWords[id as keyof typeof typeWords].one)}
        {chips('tags', (id) => names.tags.get(id)?.name ?? '…')}
        {chips('members', (id) => names.members.get(id) ?? '…')}
      </div>
      <Button size="compact-xs" variant="subtle" onClick={clearFilter}>Clear</Button>
    </div>
  );
}

function without(filter: ListFilter, kind: 'types' | 'tags' | 'members', id: string): Partial<ListFilter> {
  return { [kind]: filter[kind].filter((other) => other !== id) };
}

function Chip({ name, onRemove }: { name: string; onRemove: () => void }): ReactNode {
  return (
    <span className={classes.chip}>
      <bdi className={classes.name} title={name}>{name}</bdi>
      <CloseButton size={16} iconSize={12} aria-label={`Without the filter ${name}`} onClick={onRemove} />
    </span>
  );
}

/** What is searched for comes by relevance until a column is asked for. */
function isRanked({ query, matchOrder }: ListFilter): boolean {
  return query.trim() !== '' && matchOrder === null;
}

/** The host counts exactly only as far as it is quick. */
function foundWords(pages: ContactPages): string {
  const total = pages.total();
  return `${total === null ? `${(1_000).toLocaleString()}+` : total.toLocaleString()} found`;
}
