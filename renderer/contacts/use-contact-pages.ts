import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useApp, type ListFilter } from '../app/app-store.ts';
import type { Host } from '../host/host.ts';
import { useHost } from '../host/host-context.tsx';
import { throttle } from '../host/throttle.ts';
import { createContactPages, type ContactPages, type PageAnswer, type PageRequest } from './contact-pages.ts';

/** A list together with what it answers, so that rows are marked with the search that found them. */
export interface ShownList {
  pages: ContactPages;
  filter: ListFilter;
  load: (request: PageRequest) => Promise<PageAnswer>;
  /** Whether the rows are what a search found: by relevance, or in an order of their own where they are few enough. */
  searched: boolean;
  /** Where a contact stands; null where it is not in the list, or that is not known. */
  placeOf: (id: string) => Promise<number | null>;
}

/** The rows a person sees at once at most, before the size of the window is known. */
const firstScreen = 60;
const refreshPause = 30;

function createList(host: Host, filter: ListFilter, trash: boolean): ShownList {
  const { query, types, tags, members, matchOrder } = filter;
  // A search is read from page to page; in the trash it only narrows the list down.
  const searched = query.trim() !== '' && !trash;
  const { sort, descending } = searched ? (matchOrder ?? { sort: null, descending: false }) : filter;
  const view = {
    ...(query.trim() === '' ? {} : { query }),
    ...(sort === null ? {} : { sort, descending }),
    ...(types.length === 0 ? {} : { types: [...types] }),
    ...(tags.length === 0 ? {} : { tags: [...tags] }),
    ...(members.length === 0 ? {} : { members: [...members] }),
    ...(trash ? { trash } : {}),
  };
  const load = (request: PageRequest): Promise<PageAnswer> => host.call('contact.page', { ...request, ...view });
  const placeOf = async (id: string): Promise<number | null> => (await host.call('contact.place', { ...view, id })).index;
  return { pages: createContactPages(load, { ranked: searched }), filter, load, searched, placeOf };
}

/**
 * The list for the filter of the interface. While the first answer to a new filter is on its way the former list
 * stays, so that nothing flickers while a person types; an answer that was overtaken is never shown.
 */
export function useContactPages(trash: boolean): ShownList {
  const host = useHost();
  const filter = useApp((state) => state.filter);
  const asked = useMemo(() => createList(host, filter, trash), [host, filter, trash]);
  const [shown, setShown] = useState(asked);

  useEffect(() => {
    const showWhenReady = (): void => {
      if (asked.pages.isReady() || asked.pages.error() !== null) setShown(asked);
    };
    showWhenReady();
    const stop = asked.pages.subscribe(showWhenReady);
    asked.pages.show(0, firstScreen);
    return stop;
  }, [asked]);

  useEffect(() => {
    const refresh = throttle(() => asked.pages.refresh(), refreshPause);
    return host.subscribe((events) => {
      if (events.some(({ type }) => type === 'change' || type === 'bulk' || type === 'lists')) refresh();
    });
  }, [host, asked]);

  useSyncExternalStore(shown.pages.subscribe, shown.pages.version);
  return shown;
}
