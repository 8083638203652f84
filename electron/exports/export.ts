import { addressFields, type Contact, type Relation } from '../../shared/contact.ts';
import { cardFromContact, type ContactForCard } from '../../shared/vcard/card-from-contact.ts';
import type { WrittenVersion } from '../../shared/vcard/property.ts';
import type { Photo } from '../../shared/vcard/stored-card.ts';
import { writeCard } from '../../shared/vcard/writer.ts';
import type { ContactReader } from '../contacts/reader.ts';
import { parseExtra, type ContactRecord } from '../contacts/record.ts';
import { csvHeader, csvRow, type CsvProfile } from '../formats/csv-write.ts';
import { isObject } from '../formats/import-record.ts';
import type { Images } from '../images/images.ts';

/** Reads the contacts of an export from the beginning, in pages. */
type Pages = () => Generator<ContactRecord[]>;

const relations = ['contact', 'tags', 'members', 'projects'] as const satisfies readonly Relation[];
/** Columns of other programs beyond this many stay in the `extra` column, or in one for all of them for spreadsheets. */
const maxExtraColumns = 500;

/**
 * The contacts as CSV: our field names, and the columns kept of other programs' files. Reading goes over the contacts
 * twice, the first time for those columns; an empty chunk lets others have the thread meanwhile.
 */
export function* csvChunks(pages: Pages, reader: ContactReader, profile: CsvProfile): Generator<string> {
  const found = new Set<string>();
  let hasMore = false;
  for (const records of pages()) {
    for (const record of records) {
      for (const column of extraColumns(record)) {
        if (found.size < maxExtraColumns) found.add(column);
        else hasMore ||= !found.has(column);
      }
    }
    yield '';
  }
  const writing = { profile, columns: [...found], hasMore };
  yield csvHeader(writing);
  for (const records of pages()) {
    yield reader.entities(records, relations).map((contact) => csvRow(contact, writing)).join('');
  }
}

function extraColumns(record: ContactRecord): string[] {
  const columns = record.extra?.includes('"columns"') ? parseExtra(record)?.['columns'] : undefined;
  return isObject(columns) ? Object.keys(columns) : [];
}

/** The contacts as vCards of a version, with their pictures. */
export function* vcardChunks(pages: Pages, reader: ContactReader, images: Images, version: WrittenVersion): Generator<string> {
  for (const records of pages()) {
    for (const contact of reader.entities(records, relations)) {
      yield writeCard(cardFromContact(forCard(contact, photoOf(contact, images)), { version }), version);
    }
  }
}

function forCard(contact: Contact, photo: Photo | undefined): ContactForCard {
  const address = Object.fromEntries(addressFields.map((field) => [field, contact.contact?.[field] ?? null]));
  const names = (list: readonly { name: string }[] = []) => list.map(({ name }) => name);
  const members = (contact.members ?? []).map(({ fullName }) => fullName);
  return { ...contact, ...address, tags: names(contact.tags), members, projects: names(contact.projects), photo };
}

/** The contacts as `{"contacts":[…]}`: entities with their relations and pictures, which import again unchanged. */
export function* jsonChunks(pages: Pages, reader: ContactReader, images: Images): Generator<string> {
  let separator = '{"contacts":[';
  for (const records of pages()) {
    for (const contact of reader.entities(records, relations)) {
      const photo = photoOf(contact, images);
      yield `${separator}${JSON.stringify(photo ? { ...contact, image: { ...contact.image, ...photo } } : contact)}`;
      separator = ',\n';
    }
  }
  yield separator === ',\n' ? ']}' : `${separator}]}`;
}

function photoOf({ imageId }: Contact, images: Images): Photo | undefined {
  const image = imageId === null ? undefined : images.find(imageId);
  return image && { mediaType: image.mediaType, base64: image.bytes.toString('base64') };
}
