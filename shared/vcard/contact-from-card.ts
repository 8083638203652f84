import { type CardContent, type CardValues, contentOf } from './card-fields.ts';
import { isNamed, type VCardProperty, type VCardVersion } from './property.ts';
import { type Photo, type StoredCard, withoutPhotoBytes, withoutProperty } from './stored-card.ts';
import { cleanText } from './text.ts';
import { textOf } from './value.ts';

/** A card as a contact: the fields it gives, and the whole card for `extra`, so that nothing of it is lost. */
export interface CardContact {
  values: Partial<CardValues> & Pick<CardValues, 'name'>;
  tags: string[];
  photo?: Photo;
  /** Without `urn:uuid:`. */
  uid?: string;
  extra: { vcard: StoredCard };
  /** What the contact's fields could not take, for people to read. */
  warnings: string[];
}

export type CardResult = ({ ok: true } & CardContact) | { ok: false; error: string };

/**
 * Maps a card to a contact. The name is FN, else N, ORG, NICKNAME, EMAIL or TEL; a card with none of them is an error.
 * The photo's bytes are handed out in `photo` and not kept in `extra`; a photo beyond 5 MB is dropped with a warning.
 */
export function contactFromCard(card: { version: VCardVersion; properties: readonly VCardProperty[] }): CardResult {
  const content = contentOf(card.properties);
  const { name, ...values } = content.values;
  if (name === undefined) return { ok: false, error: 'card has no name' };
  const uid = uidOf(card.properties);
  return {
    ok: true,
    values: { name, ...values },
    tags: content.tags,
    ...(content.photo === undefined ? {} : { photo: content.photo.photo }),
    ...(uid === undefined ? {} : { uid }),
    extra: { vcard: { version: card.version, properties: withoutPhotos(card.properties, content) } },
    warnings: content.warnings,
  };
}

/** The UID of a card, without `urn:uuid:`. */
export function uidOf(properties: readonly VCardProperty[]): string | undefined {
  const property = properties.find((candidate) => isNamed(candidate, 'UID'));
  const uid = property === undefined ? '' : cleanText(textOf(property)).replace(/^urn:uuid:/i, '');
  return uid === '' ? undefined : uid;
}

function withoutPhotos(properties: readonly VCardProperty[], content: CardContent): VCardProperty[] {
  let kept = [...properties];
  if (content.photo !== undefined) {
    const { index, photo } = content.photo;
    const property = kept[index];
    if (property !== undefined) kept[index] = withoutPhotoBytes(property, photo);
  }
  const oversized = content.oversized.map((index) => properties[index]);
  for (const property of oversized) {
    if (property !== undefined) kept = withoutProperty(kept, kept.indexOf(property));
  }
  return kept;
}
