import { isDeepStrictEqual } from 'node:util';
import type { VCardProperty } from '../../shared/vcard/property.ts';
import { storedCard, type StoredCard } from '../../shared/vcard/stored-card.ts';
import { isObject } from '../formats/import-record.ts';

type Extra = Record<string, unknown>;

/** What a contact carries after an import: all it had, and what the file says; where both speak, the file wins. */
export function mergeExtra(old: Extra | null, file: Extra): Extra {
  if (old === null) return file;
  const merged: Extra = { ...old };
  for (const [key, value] of Object.entries(file)) merged[key] = mergeValue(key, old[key], value);
  return merged;
}

/** The keys of `extra` (columns and JSON keys one by one) on which the file contradicts the contact. */
export function contradictions(old: Extra | null, file: Extra): string[] {
  return Object.entries(file).flatMap(([key, value]) => {
    const known = old?.[key];
    if (known === undefined || isDeepStrictEqual(known, value)) return [];
    if (!isKeyed(key) || !isObject(known) || !isObject(value)) return [key];
    return Object.keys(value).filter((inner) => Object.hasOwn(known, inner) && !isDeepStrictEqual(known[inner], value[inner]));
  });
}

function mergeValue(key: string, known: unknown, value: unknown): unknown {
  if (known === undefined) return value;
  if (isKeyed(key) && isObject(known) && isObject(value)) return { ...known, ...value };
  if (key !== 'vcard') return value;
  const [oldCard, newCard] = [storedCard({ vcard: known }), storedCard({ vcard: value })];
  return oldCard && newCard ? mergeCards(oldCard, newCard) : value;
}

const isKeyed = (key: string) => key === 'columns' || key === 'json';

/** The new card, and after it what the old one says by properties that the new one has none of. */
function mergeCards(old: StoredCard, card: StoredCard): StoredCard {
  const said = new Set(card.properties.map(nameOf));
  const groups = new Set(card.properties.map(groupOf));
  const kept = old.properties.filter((property) => !said.has(nameOf(property)) && !isLabel(property) && nameOf(property) !== 'VERSION');
  const keptGroups = new Set(kept.map(groupOf));
  const labels = old.properties.filter((property) => isLabel(property) && groupOf(property) !== '' && keptGroups.has(groupOf(property)));
  const renamed = new Map<string, string>();
  const freeName = (group: string) => {
    let number = 1;
    while (groups.has(`item${number}`)) number += 1;
    groups.add(`item${number}`);
    renamed.set(group, `item${number}`);
    return `item${number}`;
  };
  const clashing = new Set([...keptGroups].filter((group) => group !== '' && groups.has(group)));
  const moved = old.properties
    .filter((property) => kept.includes(property) || labels.includes(property))
    .map((property): VCardProperty => {
      const group = groupOf(property);
      return clashing.has(group) ? { ...property, group: renamed.get(group) ?? freeName(group) } : property;
    });
  return { version: card.version, properties: [...card.properties, ...moved] };
}

const nameOf = (property: VCardProperty) => property.name.toUpperCase();
const groupOf = (property: VCardProperty) => property.group?.toLowerCase() ?? '';
/** What only says something of another property of its group. */
const isLabel = (property: VCardProperty) => /^X-AB(LABEL|ADR)$/i.test(property.name);
