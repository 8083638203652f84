import { isDeepStrictEqual } from 'node:util';
import { parseExtra } from '../contacts/record.ts';
import { cardFromContact, type ContactForCard } from '../../shared/vcard/card-from-contact.ts';
import { contactFromCard } from '../../shared/vcard/contact-from-card.ts';
import { storedCard } from '../../shared/vcard/stored-card.ts';
import type { NameBook } from './name-book.ts';
import type { Target } from './target.ts';

/** Stands for a picture's bytes, which are compared elsewhere. */
const anyBytes = 'AAAA';

/**
 * Whether the card of a row is the one that the contact would be exported as: then it says nothing new, though an export
 * completes a card and may write it in another version than it came in.
 */
export function isOwnCard(target: Target, extra: Record<string, unknown>, names: NameBook): boolean {
  const { record } = target;
  const card = storedCard(extra);
  if (!card || card.version === '2.1' || Object.keys(extra).length > 1) return false;
  const { version } = card;
  const photo = card.properties.flatMap(({ params }) => params.find(([name]) => name === 'X-FIELDBOOK-PHOTO')?.[1] ?? [])[0];
  const contact = {
    ...record,
    tags: names.tagNames(target.idsOf('tags')),
    extra: parseExtra(record),
    photo: record.imageId !== null && photo !== undefined ? { mediaType: photo, base64: anyBytes } : undefined,
  };
  const exported = contactFromCard({ version, properties: cardFromContact(contact as ContactForCard, { version }) });
  return exported.ok && isDeepStrictEqual(exported.extra.vcard.properties, card.properties);
}
