import { useEffect, useRef, type RefObject } from 'react';
import type { ContactRow } from '../../shared/operations/contacts.ts';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { contactMenu, shellItems } from './contact-menu.ts';

/** Shows the desktop's own menu on a row of the list; in a browser its menu stays. `rowAt` gives the row of an index. */
export function useContactMenu(gridRef: RefObject<HTMLElement | null>, rowAt: (index: number) => ContactRow | undefined): void {
  const context = useCommandContext();
  const latest = useRef(rowAt);
  useEffect(() => {
    latest.current = rowAt;
  });

  useEffect(() => {
    const grid = gridRef.current;
    const { native } = context.host;
    if (!grid || !native) return undefined;
    const show = (event: MouseEvent): void => {
      const target = event.target instanceof Element ? event.target.closest('[data-index]') : null;
      // Without a row under the pointer the key for menus was pressed: it is about the active row.
      const row = latest.current(Number((target ?? grid.querySelector('[data-active]'))?.getAttribute('data-index') ?? -1));
      if (!row) return;
      event.preventDefault();
      const groups = contactMenu(row, context.store.getState().selection);
      void attempt(context, async () => {
        const chosen = await native.ask({ kind: 'menu', items: shellItems(groups) });
        await groups.flat().find(({ id }) => id === chosen)?.run(context);
      });
    };
    grid.addEventListener('contextmenu', show);
    return () => grid.removeEventListener('contextmenu', show);
  }, [gridRef, context]);
}
