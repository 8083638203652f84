import iconv from 'iconv-lite';
import { AppError } from '../../shared/errors.ts';
import { imageTypes } from '../../shared/operations/book.ts';
import { extraOf, linksOf } from '../../shared/vcard/book-properties.ts';
import { contactFromCard } from '../../shared/vcard/contact-from-card.ts';
import { createVCardReader, type DecodeLine, type VCard, type VCardError } from '../../shared/vcard/reader.ts';
import type { VCardProperty } from '../../shared/vcard/property.ts';
import { withPhotoBytes } from '../../shared/vcard/stored-card.ts';
import { writeCard } from '../../shared/vcard/writer.ts';
import { decodeText } from '../formats/decode.ts';
import { emptyRecord, type ImportRecord, quoted } from '../formats/import-record.ts';
import { createLineDecoder } from '../formats/line-decoder.ts';
import type { Survey } from '../formats/survey.ts';
import { fileRow } from './record-row.ts';
import { readPhoto } from './photo.ts';
import type { FileRow, SourceRow } from './file-row.ts';

/** The columns of a file of failed cards. */
export const cardColumns = ['name', 'card'];

/** A file of vCards: as text where it is UTF-16, else as bytes, of which every line is decoded by itself. */
export interface CardSource {
  pieces: AsyncIterable<string>;
  decodeLine?: DecodeLine;
}

/** The vCards of a file by its bytes and the first look over them. */
export function cardSource(bytes: AsyncIterable<Uint8Array>, survey: Survey): CardSource {
  if (survey.encoding.startsWith('utf-16')) return { pieces: decodeText(bytes, survey) };
  const decode = createLineDecoder(survey);
  return {
    pieces: bytesAsText(bytes),
    decodeLine: (line, charset) => decode(Buffer.from(line, 'latin1'), { charset }),
  };
}

async function* bytesAsText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const chunk of bytes) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
}

/**
 * The contacts of a file of vCards, one card in memory at a time, and one row that waits for what stands after its card.
 * Throws `invalid` when there is no card in it.
 */
export async function* cardRows({ pieces, decodeLine }: CardSource, region: string): AsyncGenerator<SourceRow> {
  const ready: SourceRow[] = [];
  let found = false;
  let before: string[] = [];
  const add = (row: SourceRow) => {
    found = true;
    row.row.warnings.push(...before);
    before = [];
    ready.push(row);
  };
  const reader = createVCardReader({
    onCard: (card) => add(rowOfCard(card, region)),
    onError: (error) => add(rowOfBrokenCard(error, region)),
    onOutside: ({ line, lines, text }) => {
      const others = lines === 1 ? '' : ` and ${lines - 1} more`;
      const warning = `Text outside of a card was left out (line ${line}${others}): ${quoted(text)}.`;
      const last = ready.at(-1);
      if (last) last.row.warnings.push(warning);
      else before.push(warning);
    },
    decode: (bytes, charset) => iconv.decode(Buffer.from(bytes), charset),
    decodeLine,
  });
  function* taken(keep: number): Generator<SourceRow> {
    const rows = ready.splice(0, Math.max(0, ready.length - keep));
    yield* rows;
  }
  for await (const piece of pieces) {
    reader.push(piece);
    yield* taken(1);
  }
  reader.end();
  yield* taken(0);
  if (!found) throw new AppError('invalid', 'The file holds no vCard: there is no BEGIN:VCARD in it.');
}

function rowOfCard(card: VCard, region: string): SourceRow {
  const { extra, others } = extraOf(card.properties);
  const contact = contactFromCard({ version: card.version, properties: others });
  if (!contact.ok) {
    const row = refused(card.number, region, `The ${contact.error}.`);
    return { row, source: () => ['', cardText(card)] };
  }
  const { values, tags, uid, warnings } = contact;
  const record: ImportRecord = { ...emptyRecord(), values: present(values), tags, ...references(others), extra: { ...extra, ...contact.extra } };
  if (uid !== undefined) record.uid = uid;
  const taken = (imageTypes as readonly string[]).includes(contact.photo?.mediaType ?? '');
  if (contact.photo && !taken) {
    // No picture that the book could show: its bytes stay with the card.
    const { vcard } = contact.extra;
    record.extra = { ...record.extra, vcard: { ...vcard, properties: withPhotoBytes(vcard.properties, contact.photo) } };
    warnings.push(`PHOTO was kept aside: ${contact.photo.mediaType} is no picture that can be shown.`);
  }
  const row = fileRow(card.number, record, region, taken && contact.photo ? readPhoto(contact.photo) : undefined);
  row.warnings.push(...card.warnings.map((warning) => `The card ${warning}.`), ...warnings);
  return { row, source: () => [values.name, cardText(card)] };
}

function references(properties: readonly VCardProperty[]): Pick<ImportRecord, 'members' | 'projects'> {
  const { members, projects } = linksOf(properties);
  return { members: members.map((name) => ({ name })), projects: projects.map((name) => ({ name })) };
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
