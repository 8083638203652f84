import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useApp } from '../app/app-store.ts';
import { useSearchControl } from '../app/search-control.ts';

/** The search, as you type. Every letter asks at once; answers that were overtaken are never shown. */
export function SearchBox(): ReactNode {
  const searchRef = useRef<HTMLInputElement>(null);
  useSearchControl(searchRef);
  const query = useApp((state) => state.filter.query);
  const setFilter = useApp((state) => state.setFilter);
  return (
    <TextInput
      ref={searchRef}
      type="search"
      data-list-search
      aria-label="Search contacts"
      placeholder="Search names, companies, numbers, notes…"
      dir="auto"
      maxLength={1000}
      spellCheck={false}
      value={query}
      onChange={(event) => setFilter({ query: event.currentTarget.value })}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSectionPointerEvents="all"
      rightSection={
        query === '' ? <Kbd aria-hidden>/</Kbd> : (
          <CloseButton size="sm" aria-label="Clear the search" onClick={() => setFilter({ query: '' })} />
        )
      }
    />
  );
}
