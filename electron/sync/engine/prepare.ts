import { addressFields, scalarFields, type Address, type Scalars } from '../../../shared/contact.ts';
import { assign, blankRecord } from '../../contacts/new-record.ts';
import { derivedColumns } from '../../contacts/record.ts';
import { searchTokens } from '../../contacts/search-tokens.ts';
import type { Prepared } from '../../contacts/writer.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';

const noLinks = { tags: [], members: [], projects: [] };

/** What follows from the values of a contact that is new here; `region` is where phones without a country code belong. */
export function prepare(snapshot: Snapshot, region: string): Prepared {
  const record = blankRecord('', '', '');
  const scalars: Record<string, unknown> = {};
  const address: Record<string, unknown> = {};
  for (const field of scalarFields) scalars[field] = valueOf(snapshot, field);
  for (const field of addressFields) address[field] = valueOf(snapshot, `contact.${field}`);
  assign(record, { scalars: scalars as Partial<Scalars>, address: address as Partial<Address> });
  const extra = (snapshot.values.extra as Record<string, unknown> | undefined) ?? null;
  const derived = derivedColumns(record, extra, region);
  return { derived, tokens: searchTokens({ ...record, ...derived }, extra, noLinks, region) };
}
