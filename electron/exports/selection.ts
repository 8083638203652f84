import { invalidField } from '../../shared/errors.ts';
import type { Parsed } from '../../shared/operations/index.ts';
import type { ContactReader } from '../contacts/reader.ts';
import type { ContactRecord } from '../contacts/record.ts';
import type { Search, SearchPage, SearchPlace } from '../contacts/search.ts';

export type ExportInput = Parsed<'contact.export'>;

/** How many contacts are read and written at a time. */
const pageSize = 200;

/**
 * The contacts of an export, page by page: the given ids in their order, else what search finds with the filters, else
 * all by name. Throws 400 for an id that is no live contact's, before the first page.
 */
export function selectContacts(input: ExportInput, reader: ContactReader, search: Search): () => Generator<ContactRecord[]> {
  const { ids } = input;
  if (ids) {
    const unknown = ids.find((id) => !isLive(reader.find(id)));
    if (unknown !== undefined) throw invalidField('ids', `has an unknown id: ${unknown}`);
    return () => byIds(ids, reader);
  }
  return () => bySearch(input, reader, search);
}

function* byIds(ids: readonly string[], reader: ContactReader): Generator<ContactRecord[]> {
  for (let start = 0; start < ids.length; start += pageSize) {
    yield ids.slice(start, start + pageSize).flatMap((id) => {
      const record = reader.find(id);
      return isLive(record) ? [record] : [];
    });
  }
}

function* bySearch(input: ExportInput, reader: ContactReader, search: Search): Generator<ContactRecord[]> {
  const { q = '', contactType, tag, member } = input;
  const query = {
    text: q,
    types: contactType && [contactType],
    tags: tag === undefined ? undefined : [tag],
    members: member === undefined ? undefined : [member],
  };
  const isAll = q.trim() === '' && !contactType && tag === undefined && member === undefined;
  let after: SearchPlace | null = null;
  do {
    const page: SearchPage = isAll ? search.everything(after, pageSize) : search.page(query, after, pageSize);
    yield reader.byNos(page.nos);
    after = page.next;
  } while (after !== null);
}

function isLive(record: ContactRecord | undefined): record is ContactRecord {
  return record !== undefined && record.deletedAt === null;
}
