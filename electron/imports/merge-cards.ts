import { convertCard } from '../../shared/vcard/convert.ts';
import { isNamed, type VCardProperty } from '../../shared/vcard/property.ts';
import { addressText, phoneText } from '../../shared/vcard/readings.ts';
import type { StoredCard } from '../../shared/vcard/stored-card.ts';
import { cleanText } from '../../shared/vcard/text.ts';
import { componentsOf, textOf } from '../../shared/vcard/value.ts';

/** Two cards as one, and what of the old one stays beside a value of the new one. */
export interface MergedCards {
  card: StoredCard;
  /** Each for people to read: "TEL +49 30 1". */
  kept: string[];
}

/** What RFC 6350 allows once, and what a contact has once though it allows more: the new card's counts. */
const single = new Set('VERSION N BDAY ANNIVERSARY GENDER PRODID REV UID KIND FN PHOTO'.split(' '));
/** What the contact itself holds the first of, so that its present values count and not those of the card it came from. */
const ofContact = new Set(['TEL', 'EMAIL', 'ADR', 'URL', 'NOTE']);
/** The tags of a contact are a set of their own, which an import adds to. */
const elsewhere = new Set(['VERSION', 'CATEGORIES']);
const severalOfOthers = new Set(['X-SOCIALPROFILE', 'X-ABDATE', 'X-ABRELATEDNAMES', 'X-ANDROID-CUSTOM', 'X-FIELDBOOK-COLUMN', 'X-FIELDBOOK-LINE', 'X-FIELDBOOK-MEMBER', 'X-FIELDBOOK-PROJECT']);

/**
 * The new card, and after it what the old one says besides: of properties that a card may have several of, every value
 * that the new one does not have; of the others, those that it does not have at all. `present` is the contact as it is
 * now, as a card: who typed a new number in does not get the old one back.
 */
export function mergeCards(old: StoredCard | undefined, present: readonly VCardProperty[], card: StoredCard): MergedCards {
  const stored = old === undefined ? [] : convertCard(old.properties, card.version === '4.0' ? '4.0' : '3.0');
  const isOfContact = (property: VCardProperty) => ofContact.has(nameOf(property));
  const isLeft = leftBy(card.properties, stored);
  const kept = [...stored.filter((property) => !isOfContact(property) && isLeft(property)), ...distinct(present.filter((property) => isOfContact(property) && isLeft(property)))];
  const labels = [...labelsOf(stored, kept.filter((property) => !isOfContact(property))), ...labelsOf(present, kept.filter(isOfContact))];
  const names = new Set(card.properties.map(nameOf));
  return {
    card: { version: card.version, properties: [...card.properties, ...withFreeGroups([...kept, ...labels], card.properties)] },
    kept: kept.filter((property) => names.has(nameOf(property))).map((property) => `${nameOf(property)} ${shown(property)}`),
  };
}

/** Whether a property of the old card is neither said again nor replaced by the new one. */
function leftBy(properties: readonly VCardProperty[], stored: readonly VCardProperty[]): (property: VCardProperty) => boolean {
  const values = new Set(properties.map(keyOf));
  const counts = new Map<string, number>();
  for (const property of properties) counts.set(nameOf(property), (counts.get(nameOf(property)) ?? 0) + 1);
  const oldCounts = new Map<string, number>();
  for (const property of stored) oldCounts.set(nameOf(property), (oldCounts.get(nameOf(property)) ?? 0) + 1);
  const isSingle = (name: string) =>
    single.has(name) ||
    (name.startsWith('X-') && !severalOfOthers.has(name) && (counts.get(name) ?? 0) <= 1 && (oldCounts.get(name) ?? 0) <= 1);
  return (property) => {
    const name = nameOf(property);
    if (elsewhere.has(name) || isLabel(property)) return false;
    if (!counts.has(name)) return true;
    return !isSingle(name) && shown(property) !== '' && !values.has(keyOf(property));
  };
}

function distinct(properties: readonly VCardProperty[]): VCardProperty[] {
  const seen = new Set<string>();
  return properties.filter((property) => {
    const key = keyOf(property);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The labels that stand in the groups of properties that are kept. */
function labelsOf(properties: readonly VCardProperty[], kept: readonly VCardProperty[]): VCardProperty[] {
  const groups = new Set(kept.map(groupOf));
  return properties.filter((property) => isLabel(property) && groupOf(property) !== '' && groups.has(groupOf(property)));
}

/** The properties with another group where the new card has one of that name already. */
function withFreeGroups(properties: readonly VCardProperty[], others: readonly VCardProperty[]): VCardProperty[] {
  const taken = new Set(others.map(groupOf));
  const used = new Set([...taken, ...properties.map(groupOf)]);
  const renamed = new Map<string, string>();
  const freeName = (group: string) => {
    let number = 1;
    while (used.has(`item${number}`)) number += 1;
    used.add(`item${number}`);
    renamed.set(group, `item${number}`);
    return `item${number}`;
  };
  return properties.map((property) => {
    const group = groupOf(property);
    return group !== '' && taken.has(group) ? { ...property, group: renamed.get(group) ?? freeName(group) } : property;
  });
}

/** Two properties of one name with the same key say the same. */
function keyOf(property: VCardProperty): string {
  return `${nameOf(property)}:${comparable(property)}`;
}

function comparable(property: VCardProperty): string {
  switch (nameOf(property)) {
    case 'TEL':
      return phoneText(property).toLowerCase().replace(/[^\p{L}\p{N}+]/gu, '');
    case 'URL':
      return shown(property).replace(/\/$/, '').toLowerCase();
    case 'NOTE':
      return shown(property);
    default:
      return shown(property).toLowerCase();
  }
}

function shown(property: VCardProperty): string {
  switch (nameOf(property)) {
    case 'TEL':
      return cleanText(phoneText(property));
    case 'EMAIL':
      return cleanText(addressText(property));
    case 'ADR':
    case 'ORG':
      return componentsOf(property).map(cleanText).filter((part) => part !== '').join(', ');
    default:
      return cleanText(textOf(property));
  }
}

const nameOf = (property: VCardProperty) => property.name.toUpperCase();
const groupOf = (property: VCardProperty) => property.group?.toLowerCase() ?? '';
/** What only says something of another property of its group. */
const isLabel = (property: VCardProperty) => isNamed(property, 'X-ABLABEL') || isNamed(property, 'X-ABADR');
