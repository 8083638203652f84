import type { ContactRow } from '../../shared/operations/contacts.ts';
import type { Lists } from '../lists/lists.ts';
import type { ContactReader } from './reader.ts';
import { toRow, type RowRecord } from './record.ts';

/** Makes rows of the window's list of records, with the ids of their tags and members. */
export function createRowMaker(reader: ContactReader, lists: Lists): (records: readonly RowRecord[]) => ContactRow[] {
  return (records) => {
    const nos = records.map(({ no }) => no);
    const tags = reader.links('tags', nos);
    const members = reader.links('members', nos);
    const ids = (found: number[] | undefined, byNo: (no: number) => { id: string } | undefined) =>
      found?.flatMap((no) => byNo(no)?.id ?? []) ?? [];
    return records.map((record) =>
      toRow(record, ids(tags.get(record.no), lists.tags.byNo), ids(members.get(record.no), lists.members.byNo)),
    );
  };
}
