import { escapeText } from '../../../shared/vcard/text.ts';
import { storedCard } from '../../../shared/vcard/stored-card.ts';
import { isNamed } from '../../../shared/vcard/property.ts';

/** Theirs, a blank line, mine. */
export function joinedNotes(theirs: string | null, mine: string): string {
  return theirs === null || theirs.trim() === '' ? mine : `${theirs}\n\n${mine}`;
}

/**
 * What no column holds, with a further phone: as a property of the contact's card, where the app shows further phones.
 * The first phone of a card stands for the contact's own, so that one comes before it.
 */
export function withPhone(extra: Record<string, unknown> | null, own: string | null, further: string): Record<string, unknown> {
  const { version, properties } = storedCard(extra) ?? { version: '4.0' as const, properties: [] };
  const phones = properties.filter((property) => isNamed(property, 'TEL'));
  const values = phones.length > 0 || own === null ? [further] : [own, further];
  const added = values
    .map((phone) => ({ name: 'TEL', params: [], value: escapeText(phone) }))
    .filter(({ value }) => phones.every((phone) => phone.value !== value));
  return added.length === 0 ? (extra ?? {}) : { ...extra, vcard: { version, properties: [...properties, ...added] } };
}
