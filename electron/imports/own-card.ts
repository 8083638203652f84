import { isDeepStrictEqual } from 'node:util';
import { parseExtra } from '../contacts/record.ts';
import { extraOf, withoutLinks } from '../../shared/vcard/book-properties.ts';
import { cardFromContact, type ContactForCard } from '../../shared/vcard/card-from-contact.ts';
import { contactFromCard } from '../../shared/vcard/contact-from-card.ts';
import type { VCardProperty, WrittenVersion } from '../../shared/vcard/property.ts';
import { storedCard, type Photo } from '../../shared/vcard/stored-card.ts';
import type { FilePhoto } from './file-row.ts';
import type { NameBook } from './name-book.ts';
import type { Target } from './target.ts';

/** As much of a picture as tells its type; the whole is compared elsewhere. A multiple of three, for base64. */
const headBytes = 24;

/**
 * Whether the card of a row is the one that the contact would be exported as: then it says nothing new, though an export
 * completes a card and may write it in another version than it came in.
 */
export function isOwnCard(target: Target, extra: Record<string, unknown>, photo: FilePhoto | undefined, names: NameBook): boolean {
  const { record } = target;
  const card = storedCard(extra);
  if (!card || card.version === '2.1') return false;
  const known = parseExtra(record);
  if (Object.entries(extra).some(([key, value]) => key !== 'vcard' && !isDeepStrictEqual(value, known?.[key]))) return false;
  const { version } = card;
  const properties = cardOf(target, version, names, record.imageId === null ? undefined : photo);
  const exported = contactFromCard({ version, properties: extraOf(properties).others });
  // Members and projects are compared as sets, by whoever asks.
  return exported.ok && isDeepStrictEqual(withoutLinks(exported.extra.vcard.properties), withoutLinks(card.properties));
}

/** The contact as it is now, as the card that an export would write. */
export function cardOf(target: Target, version: WrittenVersion, names: NameBook, photo?: FilePhoto): VCardProperty[] {
  const { record } = target;
  const contact = {
    ...record,
    isActive: record.isActive === 1,
    isArchived: record.isArchived === 1,
    tags: names.tagNames(target.idsOf('tags')),
    extra: parseExtra(record),
    photo: photo && headOf(photo),
  };
  return cardFromContact(contact as ContactForCard, { version });
}

function headOf({ mediaType, bytes }: FilePhoto): Photo {
  return { mediaType, base64: Buffer.from(bytes.subarray(0, headBytes)).toString('base64') };
}
