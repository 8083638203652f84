import { useEffect, useRef, type RefObject } from 'react';
import { useCommandContext } from '../app/command-context.tsx';
import type { CommandContext } from '../app/commands.ts';
import type { NativeHost } from '../host/host.ts';

export interface RowEvent<E extends Event> {
  event: E;
  /** The row's index under the pointer; undefined beside the rows. */
  index: number | undefined;
  context: CommandContext;
  native: NativeHost;
}

/** Listens to an event on the rows of a grid where the desktop can answer it; elsewhere the browser's own way stays. */
export function useRowEvent<K extends 'dragstart' | 'contextmenu'>(
  gridRef: RefObject<HTMLElement | null>,
  type: K,
  handle: (happened: RowEvent<HTMLElementEventMap[K]>) => void,
): void {
  const context = useCommandContext();
  const latest = useRef(handle);
  useEffect(() => {
    latest.current = handle;
  });

  useEffect(() => {
    const grid = gridRef.current;
    const { native } = context.host;
    if (!grid || !native) return undefined;
    const listen = (event: HTMLElementEventMap[K]): void => {
      const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
      latest.current({ event, index: indexOf(row), context, native });
    };
    grid.addEventListener(type, listen);
    return () => grid.removeEventListener(type, listen);
  }, [gridRef, type, context]);
}

/** The index of a row's element; undefined without one. */
export function indexOf(row: Element | null): number | undefined {
  const index = row?.getAttribute('data-index');
  return index ? Number(index) : undefined;
}
