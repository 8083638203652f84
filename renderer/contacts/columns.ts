import type { SortColumn } from '../../shared/operations/contacts.ts';

export type ColumnId =
  | 'name' | 'contactType' | 'place' | 'primaryEmail' | 'primaryPhone' | 'tags' | 'members' | 'budget' | 'updatedAt';

export interface Column {
  id: ColumnId;
  title: string;
  /** The column the host sorts by; absent where sorting makes no sense. */
  sort?: SortColumn;
  /** Below this width the column is not worth showing. */
  minWidth: number;
  /** Its share of the space that is left over; 0 keeps it at `minWidth`. */
  grow: number;
  /** The order in which columns give way on a narrow list: the highest first. The name always stays. */
  givesWay: number;
  numeric?: true;
}

/** A column with the width it has now, in pixels. */
export interface LaidOutColumn extends Column {
  width: number;
}

const columns: readonly Column[] = [
  { id: 'name', title: 'Name', sort: 'name', minWidth: 150, grow: 3, givesWay: 0 },
  { id: 'contactType', title: 'Type', sort: 'contactType', minWidth: 86, grow: 0, givesWay: 4 },
  { id: 'place', title: 'Company or city', sort: 'place', minWidth: 106, grow: 2, givesWay: 3 },
  { id: 'primaryEmail', title: 'E-mail', sort: 'primaryEmail', minWidth: 148, grow: 3, givesWay: 1 },
  { id: 'primaryPhone', title: 'Phone', sort: 'primaryPhone', minWidth: 128, grow: 0, givesWay: 2 },
  { id: 'tags', title: 'Tags', minWidth: 100, grow: 2, givesWay: 6 },
  { id: 'members', title: 'Members', minWidth: 60, grow: 0, givesWay: 8 },
  { id: 'budget', title: 'Budget', sort: 'budget', minWidth: 78, grow: 0, givesWay: 7, numeric: true },
  { id: 'updatedAt', title: 'Changed', sort: 'updatedAt', minWidth: 70, grow: 0, givesWay: 5, numeric: true },
];

const gap = 10;
const boxWidth = 24;
const padding = 12;

/** The columns that fit into a list of `width` pixels, in their order; what is left over is shared out. */
export function columnsFor(width: number): LaidOutColumn[] {
  const shown = [...columns];
  const needed = (): number => shown.reduce((sum, column) => sum + gap + column.minWidth, boxWidth + 2 * padding);
  while (shown.length > 1 && needed() > width) {
    const last = shown.reduce((a, b) => (b.givesWay > a.givesWay ? b : a));
    shown.splice(shown.indexOf(last), 1);
  }
  const spare = Math.max(0, width - needed());
  const shares = shown.reduce((sum, column) => sum + column.grow, 0);
  return shown.map((column) => ({ ...column, width: column.minWidth + Math.floor((spare * column.grow) / shares) }));
}

/** The value of `grid-template-columns` for a row. */
export function gridTemplate(shown: readonly LaidOutColumn[]): string {
  return [boxWidth, ...shown.map((column) => column.width)].map((width) => `${width}px`).join(' ');
}
