import { useEffect, useRef, type RefObject } from 'react';
import type { ContactRow } from '../../shared/operations/contacts.ts';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';

/** As many contacts as one drag takes out. */
const mostDragged = 500;

/** Drags a row out of the window as a .vcf file, with all chosen ones if it is among them. Only the desktop can do it. */
export function useContactDrag(gridRef: RefObject<HTMLElement | null>, rowAt: (index: number) => ContactRow | undefined): void {
  const context = useCommandContext();
  const latest = useRef(rowAt);
  useEffect(() => {
    latest.current = rowAt;
  });

  useEffect(() => {
    const grid = gridRef.current;
    const { native } = context.host;
    if (!grid || !native) return undefined;
    const start = (event: DragEvent): void => {
      const target = event.target instanceof Element ? event.target.closest('[data-index]') : null;
      const row = latest.current(Number(target?.getAttribute('data-index') ?? -1));
      if (!row) return;
      // The page's own drag ends here; the desktop goes on with a file.
      event.preventDefault();
      const { selection } = context.store.getState();
      const ids = selection.has(row.id) ? [...selection].slice(0, mostDragged) : [row.id];
      void attempt(context, async () => void (await native.ask({ kind: 'drag', ids })));
    };
    grid.addEventListener('dragstart', start);
    return () => grid.removeEventListener('dragstart', start);
  }, [gridRef, context]);
}
