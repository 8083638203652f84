import { escapeText } from '../../../shared/vcard/text.ts';
import { storedCard } from '../../../shared/vcard/stored-card.ts';
import { isNamed } from '../../../shared/vcard/property.ts';

/** Theirs, a blank line, mine. */
export function joinedNotes(theirs: string | null, mine: string): string {
  return theirs === null || theirs.trim() === '' ? mine : `${theirs}\n\n${mine}`;
}

/** What no column holds, with a further phone: as a property of the contact's card, where the app shows further phones. */
export function withPhone(extra: Record<string, unknown> | null, phone: string): Record<string, unknown> {
  const { version, properties } = storedCard(extra) ?? { version: '4.0' as const, properties: [] };
  const value = escapeText(phone);
  if (properties.some((property) => isNamed(property, 'TEL') && property.value === value)) return extra ?? {};
  return { ...extra, vcard: { version, properties: [...properties, { name: 'TEL', params: [], value }] } };
}
