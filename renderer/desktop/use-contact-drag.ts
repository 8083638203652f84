import type { RefObject } from 'react';
import type { ContactRow } from '../../shared/operations/contacts.ts';
import { attempt } from '../app/book-actions.ts';
import { useRowEvent } from './use-row-event.ts';

/** As many contacts as one drag takes out. */
const mostDragged = 500;

/** Drags a row out of the window as a .vcf file, with all chosen ones if it is among them. Only the desktop can do it. */
export function useContactDrag(gridRef: RefObject<HTMLElement | null>, rowAt: (index: number) => ContactRow | undefined): void {
  useRowEvent(gridRef, 'dragstart', ({ event, index, context, native }) => {
    const row = index === undefined ? undefined : rowAt(index);
    if (!row) return;
    // The page's own drag ends here; the desktop goes on with a file.
    event.preventDefault();
    const { selection } = context.store.getState();
    const ids = selection.has(row.id) ? [...selection].slice(0, mostDragged) : [row.id];
    void attempt(context, async () => void (await native.ask({ kind: 'drag', ids })));
  });
}
