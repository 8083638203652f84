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

const columns: readonly Column[] = [
  { id: 'name', title: 'Name', sort: 'name', minWidth: 176, grow: 3, givesWay: 0 },
  { id: 'contactType', title: 'Type', sort: 'contactType', minWidth: 92, grow: 0, givesWay: 4 },
  { id: 'place', title: 'Company or city', sort: 'place', minWidth: 124, grow: 2, givesWay: 3 },
  { id: 'primaryEmail', title: 'E-mail', sort: 'primaryEmail', minWidth: 156, grow: 3, givesWay: 1 },
  { id: 'primaryPhone', title: 'Phone', sort: 'primaryPhone', minWidth: 140, grow: 0, givesWay: 2 },
  { id: 'tags', title: 'Tags', minWidth: 112, grow: 2, givesWay: 6 },
  { id: 'members', title: 'Members', minWidth: 76, grow: 0, givesWay: 8 },
  { id: 'budget', title: 'Budget', sort: 'budget', minWidth: 76, grow: 0, givesWay: 7, numeric: true },
  { id: 'updatedAt', title: 'Changed', sort: 'updatedAt', minWidth: 84, grow: 0, givesWay: 5, numeric: true },
];

export const columnGap = 12;
/** The box to choose a row, and the padding at both ends. */
const edges = 36 + 2 * 12;

/** The columns that fit into a list of `width` pixels, in their order. */
export function columnsFor(width: number): Column[] {
  const shown = [...columns];
  const needed = (): number => shown.reduce((sum, column) => sum + column.minWidth + columnGap, edges);
  while (shown.length > 1 && needed() > width) {
    const last = shown.reduce((a, b) => (b.givesWay > a.givesWay ? b : a));
    shown.splice(shown.indexOf(last), 1);
  }
  return shown;
}

/** The value of `grid-template-columns` for a row. */
export function gridTemplate(shown: readonly Column[]): string {
  const tracks = shown.map(({ minWidth, grow }) => (grow === 0 ? `${minWidth}px` : `minmax(${minWidth}px, ${grow}fr)`));
  return ['24px', ...tracks].join(' ');
}
