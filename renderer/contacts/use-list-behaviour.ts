import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useAppStore } from '../app/app-store.ts';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext, useListControl } from '../app/command-context.tsx';
import type { ListControl } from '../app/list-control.ts';
import { isNewForm } from '../contact-form/form-key.ts';
import { useContactDrag } from '../desktop/use-contact-drag.ts';
import { useContactMenu } from '../desktop/use-contact-menu.ts';
import { collectIds, whenLonger } from './contact-pages.ts';
import { moveCursor, settleCursor, type ListCursor } from './list-cursor.ts';
import type { ShownList } from './use-contact-pages.ts';

/** The most contacts that one action on many takes. */
const mostChosen = 100_000;

interface Parts {
  list: ShownList;
  gridRef: RefObject<HTMLElement | null>;
  rowsPerPage: () => number;
  reveal: (index: number) => void;
}

/** The index of a contact, once the list is long enough to hold it; null where it does not, or that cannot be found out. */
async function whereIs(id: string, { pages, placeOf }: ShownList): Promise<number | null> {
  const index = pages.indexOf(id) ?? (await placeOf(id).catch(() => null));
  if (index !== null) await whenLonger(pages, index);
  return index;
}

/**
 * What keys and clicks do in the list: the active row, the chosen rows, the open contact.
 * Returns the active row. Rows carry their index in `data-index`, their box `data-choose`.
 */
export function useListBehaviour(parts: Parts): ListCursor | null {
  const store = useAppStore();
  const context = useCommandContext();
  const [stored, setCursor] = useState<ListCursor | null>(null);
  // Where Shift+click and Shift+arrow choose from.
  const anchor = useRef(0);
  const { gridRef } = parts;
  const { pages } = parts.list;
  const cursor = settleCursor(stored, pages);
  const latest = useRef(parts);
  const cursorRef = useRef(cursor);
  useLayoutEffect(() => {
    latest.current = parts;
    cursorRef.current = cursor;
  });

  // The open contact follows the active row once that row has been read.
  const follows = useRef(false);
  const activeId = cursor?.id ?? null;
  useEffect(() => {
    if (!follows.current || activeId === null) return;
    follows.current = false;
    store.getState().openContactPane(activeId);
  }, [store, activeId]);

  const chooseRange = useCallback(
    (from: number, to: number) => attempt(context, async () => {
      const { load, searched } = latest.current.list;
      const [first, end] = [Math.min(from, to), Math.max(from, to) + 1];
      store.getState().select(await collectIds(load, first, Math.min(end, first + mostChosen), searched));
    }),
    [context, store],
  );

  const toggle = useCallback(
    (id: string) => {
      const { selection, select } = store.getState();
      select(selection.has(id) ? [...selection].filter((other) => other !== id) : [...selection, id]);
    },
    [store],
  );

  const goTo = useCallback(
    (index: number) => {
      setCursor({ index, id: latest.current.list.pages.rowAt(index)?.id ?? null });
      anchor.current = index;
    },
    [],
  );

  const show = useCallback(
    (id: string) => {
      const { list } = latest.current;
      void whereIs(id, list).then((index) => {
        if (index === null || latest.current.list !== list || store.getState().openContact !== id) return;
        setCursor({ index, id });
        anchor.current = index;
        latest.current.reveal(index);
      });
    },
    [store],
  );

  // A contact that is open when the list comes, or that was just made, is shown, wherever in the list it stands.
  useEffect(() => {
    const { openContact } = store.getState();
    if (openContact !== null) show(openContact);
    return store.subscribe(({ form, openContact: made }, before) => {
      if (isNewForm(before.form) && form === null && made !== null && made !== before.openContact) show(made);
    });
  }, [store, show]);

  const control: ListControl = useMemo(
    () => ({
      move(movement, extend) {
        const { list, rowsPerPage, reveal } = latest.current;
        const { openContact, form, selection, select } = store.getState();
        // From the contact that is looked at, though it may have been opened from elsewhere.
        const openIndex = openContact === null || extend || follows.current ? undefined : list.pages.indexOf(openContact);
        const from = openIndex === undefined ? cursorRef.current : { index: openIndex, id: openContact };
        const next = moveCursor(from, movement, list.pages, rowsPerPage());
        if (next === null) return;
        if (extend) void chooseRange(anchor.current, next.index);
        else {
          anchor.current = next.index;
          if (selection.size > 0) select([]);
          follows.current = openContact !== null && form === null;
        }
        setCursor(next);
        reveal(next.index);
        latest.current.gridRef.current?.focus({ preventScroll: true });
      },
      openActive() {
        const id = cursorRef.current?.id ?? latest.current.list.pages.rowAt(0)?.id;
        if (id === undefined) return;
        if (cursorRef.current === null) goTo(0);
        store.getState().openContactPane(id);
        latest.current.gridRef.current?.focus({ preventScroll: true });
      },
      toggleActive() {
        if (cursorRef.current?.id) toggle(cursorRef.current.id);
      },
      selectAll() {
        latest.current.gridRef.current?.focus({ preventScroll: true });
        void chooseRange(0, latest.current.list.pages.length() - 1);
      },
      activeId: () => cursorRef.current?.id ?? null,
      rowOf(id) {
        const index = latest.current.list.pages.indexOf(id);
        return index === undefined ? null : (latest.current.list.pages.rowAt(index) ?? null);
      },
      nextAfter(ids) {
        const { pages: rows } = latest.current.list;
        const places = ids.flatMap((id) => rows.indexOf(id) ?? []);
        if (places.length === 0) return null;
        const [first, last] = [Math.min(...places), Math.max(...places)];
        return (rows.rowAt(last + 1) ?? rows.rowAt(first - 1))?.id ?? null;
      },
      focus: () => latest.current.gridRef.current?.focus({ preventScroll: true }),
    }),
    [store, chooseRange, toggle, goTo],
  );
  useListControl(control);
  useContactDrag(gridRef, (index) => latest.current.list.pages.rowAt(index));
  useContactMenu(gridRef, (index) => latest.current.list.pages.rowAt(index));

  // One listener for all rows, however many come and go.
  useEffect(() => {
    const grid = gridRef.current;
    const press = (event: MouseEvent): void => {
      const target = event.target instanceof Element ? event.target : null;
      const index = Number(target?.closest('[data-index]')?.getAttribute('data-index') ?? -1);
      if (index < 0) return;
      const id = latest.current.list.pages.rowAt(index)?.id;
      const { selection, select, openContactPane } = store.getState();
      if (event.shiftKey) {
        void chooseRange(anchor.current, index);
        return;
      }
      goTo(index);
      if (id === undefined) return;
      if (event.ctrlKey || event.metaKey || target?.closest('[data-choose]')) toggle(id);
      else {
        if (selection.size > 0) select([]);
        openContactPane(id);
      }
    };
    grid?.addEventListener('click', press);
    return () => grid?.removeEventListener('click', press);
  }, [gridRef, store, chooseRange, goTo, toggle]);

  return cursor;
}
