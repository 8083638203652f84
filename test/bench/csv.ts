import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { generateContacts } from '../../electron/seed/generate-contacts.ts';

const header = [
  'name', 'firstName', 'lastName', 'company', 'primaryEmail', 'primaryPhone', 'address', 'city', 'regionCode', 'postcode', 'country',
  'website', 'notes', 'contactType',
];

/** A CSV of so many sample contacts, each with an e-mail address of its own. */
export function csvOfContacts(count: number): { path: string; remove: () => void } {
  const rows: unknown[][] = [];
  for (const { edits } of generateContacts(count, 2, { tags: [], members: [], projects: [] })) {
    const { scalars = {}, address = {}, extra } = edits;
    const columns = extra?.['columns'] as Record<string, string> | undefined;
    rows.push([
      scalars.name, address.firstName, address.lastName, columns?.['Company'], `n${rows.length}@mail.example`, scalars.primaryPhone,
      address.address, address.city, address.regionCode, address.postcode, address.country, address.website, scalars.notes,
      scalars.contactType,
    ]);
  }
  const folder = mkdtempSync(join(tmpdir(), 'fieldbook-bench-'));
  const path = join(folder, 'contacts.csv');
  writeFileSync(path, stringify([header, ...rows]));
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
