import type { RefObject } from 'react';
import type { ContactRow } from '../../shared/operations/contacts.ts';
import { attempt } from '../app/book-actions.ts';
import { contactMenu, shellItems } from './contact-menu.ts';
import { indexOf, useRowEvent } from './use-row-event.ts';

/** Shows the desktop's own menu on a row of the list; in a browser its menu stays. `rowAt` gives the row of an index. */
export function useContactMenu(gridRef: RefObject<HTMLElement | null>, rowAt: (index: number) => ContactRow | undefined): void {
  useRowEvent(gridRef, 'contextmenu', ({ event, index, context, native }) => {
    // Without a row under the pointer the key for menus was pressed: it is about the active row.
    const place = index ?? indexOf(gridRef.current?.querySelector('[data-active]') ?? null);
    const row = place === undefined ? undefined : rowAt(place);
    if (!row) return;
    event.preventDefault();
    const groups = contactMenu(row, context.store.getState().selection);
    void attempt(context, async () => {
      const chosen = await native.ask({ kind: 'menu', items: shellItems(groups) });
      await groups.flat().find(({ id }) => id === chosen)?.run(context);
    });
  });
}
