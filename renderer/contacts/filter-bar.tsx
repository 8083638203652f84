import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ContactType } from '../../shared/contact.ts';
import { isFiltered, useApp } from '../app/app-store.ts';
import { ChoiceMenu } from './choice-menu.tsx';
import type { ContactPages } from './contact-pages.ts';
import { types, typeWords } from './contact-words.ts';
import classes from './contacts-screen.module.css';
import { TagLabel } from './tag-label.tsx';
import { TypeLabel } from './type-label.tsx';
import { useNames } from './use-names.ts';

/** What the list is narrowed down to: types, tags, members; and how much is left. */
export function FilterBar({ pages }: { pages: ContactPages }): ReactNode {
  const filter = useApp((state) => state.filter);
  const setFilter = useApp((state) => state.setFilter);
  const clearFilter = useApp((state) => state.clearFilter);
  const names = useNames();
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      <ChoiceMenu
        title="Type"
        choices={types.map((type) => ({ id: type, name: typeWords[type].one, label: <TypeLabel type={type} /> }))}
        chosen={filter.types}
        onChange={(chosen) => setFilter({ types: chosen as ContactType[] })}
      />
      <ChoiceMenu
        title="Tag"
        choices={[...names.tags].map(([id, tag]) => ({ id, name: tag.name, label: <TagLabel {...tag} /> }))}
        chosen={filter.tags}
        onChange={(tags) => setFilter({ tags })}
      />
      <ChoiceMenu
        title="Member"
        choices={[...names.members].map(([id, name]) => ({ id, name }))}
        chosen={filter.members}
        onChange={(members) => setFilter({ members })}
      />
      {isFiltered(filter) && (
        <>
          <Button size="compact-sm" variant="subtle" onClick={clearFilter}>Clear</Button>
          <span className={classes.found} role="status">{foundWords(pages)}</span>
        </>
      )}
    </div>
  );
}

/** The host counts exactly only as far as it is quick. */
function foundWords(pages: ContactPages): string {
  const total = pages.total();
  return `${total === null ? `${(1_000).toLocaleString()}+` : total.toLocaleString()} found`;
}
