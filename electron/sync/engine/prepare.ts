import { derivedColumns } from '../../contacts/record.ts';
import { editOf } from '../../contacts/edits.ts';
import { assign, blankRecord } from '../../contacts/new-record.ts';
import { searchTokens } from '../../contacts/search-tokens.ts';
import type { Prepared } from '../../contacts/writer.ts';
import { syncedFields, valueOf, type Snapshot } from '../snapshot.ts';

const noLinks = { tags: [], members: [], projects: [] };

/** What follows from the values of a contact that is new here; `region` is where phones without a country code belong. */
export function prepare(snapshot: Snapshot, region: string): Prepared {
  const record = blankRecord('', '', '');
  for (const field of syncedFields) if (field !== 'imageId') assign(record, editOf(field, valueOf(snapshot, field)));
  const extra = (snapshot.values.extra as Record<string, unknown> | undefined) ?? null;
  const derived = derivedColumns(record, extra, region);
  return { derived, tokens: searchTokens({ ...record, ...derived }, extra, noLinks, region) };
}
