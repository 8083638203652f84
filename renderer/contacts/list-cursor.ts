import type { Movement } from '../app/list-control.ts';
import type { ContactPages } from './contact-pages.ts';

/** The active row. Its contact is unknown while the row has not been read yet. */
export interface ListCursor {
  index: number;
  id: string | null;
}

/** Where a movement leads in a list of `length` rows, of which `rowsPerPage` fit on the screen. */
export function moveCursor(
  cursor: ListCursor | null,
  movement: Movement,
  pages: Pick<ContactPages, 'length' | 'rowAt'>,
  rowsPerPage: number,
): ListCursor | null {
  const length = pages.length();
  if (length === 0) return null;
  const index = Math.min(Math.max(target(cursor, movement, length, rowsPerPage), 0), length - 1);
  return { index, id: pages.rowAt(index)?.id ?? null };
}

function target(cursor: ListCursor | null, movement: Movement, length: number, rowsPerPage: number): number {
  if ('to' in movement) return movement.to === 'first' ? 0 : length - 1;
  if (cursor === null) return 0;
  return cursor.index + ('by' in movement ? movement.by : movement.pages * rowsPerPage);
}

/**
 * The cursor after rows have arrived: it stays on its contact where that moved, and takes the next contact in its
 * place when its own has gone. The same object comes back when nothing changed.
 */
export function settleCursor(
  cursor: ListCursor | null,
  pages: Pick<ContactPages, 'length' | 'rowAt' | 'indexOf'>,
): ListCursor | null {
  if (cursor === null || pages.length() === 0) return null;
  const found = cursor.id === null ? undefined : pages.indexOf(cursor.id);
  if (found !== undefined) return found === cursor.index ? cursor : { ...cursor, index: found };
  const index = Math.min(cursor.index, pages.length() - 1);
  const id = pages.rowAt(index)?.id ?? cursor.id;
  return index === cursor.index && id === cursor.id ? cursor : { index, id };
}
