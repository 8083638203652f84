import iconv from 'iconv-lite';
import { AppError } from '../../shared/errors.ts';
import { imageTypes } from '../../shared/operations/book.ts';
import { contactFromCard } from '../../shared/vcard/contact-from-card.ts';
import { createVCardReader, type VCard, type VCardError } from '../../shared/vcard/reader.ts';
import { withPhotoBytes } from '../../shared/vcard/stored-card.ts';
import { writeCard } from '../../shared/vcard/writer.ts';
import { emptyRecord, type ImportRecord } from '../formats/import-record.ts';
import { fileRow } from './record-row.ts';
import { readPhoto } from './photo.ts';
import type { FileRow, SourceRow } from './file-row.ts';

/** The columns of a file of failed cards. */
export const cardColumns = ['name', 'card'];

/** The contacts of a text of vCards, one card in memory at a time. Throws `invalid` when there is no card in it. */
export async function* cardRows(text: AsyncIterable<string>, region: string): AsyncGenerator<SourceRow> {
  let ready: SourceRow[] = [];
  let found = false;
  const reader = createVCardReader({
    onCard: (card) => ready.push(rowOfCard(card, region)),
    onError: (error) => ready.push(rowOfBrokenCard(error, region)),
    decode: (bytes, charset) => iconv.decode(Buffer.from(bytes), charset),
  });
  function* taken(): Generator<SourceRow> {
    const rows = ready;
    ready = [];
    found ||= rows.length > 0;
    yield* rows;
  }
  for await (const piece of text) {
    reader.push(piece);
    yield* taken();
  }
  reader.end();
  yield* taken();
  if (!found) throw new AppError('invalid', 'The file holds no vCard: there is no BEGIN:VCARD in it.');
}

function rowOfCard(card: VCard, region: string): SourceRow {
  const contact = contactFromCard(card);
  if (!contact.ok) {
    const row = refused(card.number, region, `The ${contact.error}.`);
    return { row, source: () => ['', cardText(card)] };
  }
  const { values, tags, uid, warnings } = contact;
  const record: ImportRecord = { ...emptyRecord(), values: present(values), tags, extra: contact.extra };
  if (uid !== undefined) record.uid = uid;
  const taken = (imageTypes as readonly string[]).includes(contact.photo?.mediaType ?? '');
  if (contact.photo && !taken) {
    // No picture that the book could show: its bytes stay with the card.
    const { vcard } = contact.extra;
    record.extra = { vcard: { ...vcard, properties: withPhotoBytes(vcard.properties, contact.photo) } };
    warnings.push(`PHOTO was kept aside: ${contact.photo.mediaType} is no picture that can be shown.`);
  }
  const row = fileRow(card.number, record, region, taken && contact.photo ? readPhoto(contact.photo) : undefined);
  row.warnings.push(...card.warnings.map((warning) => `The card ${warning}.`), ...warnings);
  return { row, source: () => [values.name, cardText(card)] };
}

function rowOfBrokenCard({ number, name, message }: VCardError, region: string): SourceRow {
  return { row: refused(number, region, `The card cannot be read: ${message}.`, name), source: () => [name ?? '', ''] };
}

function refused(number: number, region: string, message: string, name?: string): FileRow {
  const row = fileRow(number, emptyRecord(), region);
  if (name !== undefined) row.values.name = name;
  row.errors.push({ row: number, message });
  return row;
}

function present<T extends object>(values: T): ImportRecord['values'] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

function cardText(card: VCard): string {
  return writeCard(card.properties, card.version === '4.0' ? '4.0' : '3.0');
}
