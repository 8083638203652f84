import type { ContactRow } from '../../shared/operations/contacts.ts';
import type { ListFilter } from '../app/app-store.ts';
import type { Host } from '../host/host.ts';

/** As many contacts as are printed at once: a hundred pages. */
export const mostPrinted = 5_000;
const pageLength = 500;

export interface PrintRows {
  rows: ContactRow[];
  /** Whether the list has more than is printed. */
  isCut: boolean;
}

/** The list as it is shown, in its order; where contacts are chosen, only those. */
export async function readPrintRows(
  host: Pick<Host, 'call'>,
  filter: ListFilter,
  selection: ReadonlySet<string>,
  trash: boolean,
): Promise<PrintRows> {
  const { query, types, tags, members, sort, descending } = filter;
  const asked = {
    limit: pageLength, trash, types: [...types], tags: [...tags], members: [...members],
    ...(query.trim() === '' ? {} : { query }),
    ...(sort === null ? {} : { sort, descending }),
  };
  const wanted = selection.size > 0 ? selection.size : Number.POSITIVE_INFINITY;
  const rows: ContactRow[] = [];
  for (let after: string | null | undefined; after !== null && rows.length < wanted;) {
    const page = await host.call('contact.page', { ...asked, ...(after === undefined ? {} : { after }) });
    rows.push(...page.items.filter(({ id }) => selection.size === 0 || selection.has(id)));
    after = page.cursor;
    if (rows.length > mostPrinted || (rows.length === mostPrinted && after !== null && wanted > mostPrinted)) {
      return { rows: rows.slice(0, mostPrinted), isCut: true };
    }
  }
  return { rows, isCut: false };
}
