import { isDeepStrictEqual } from 'node:util';
import type { VCardProperty, WrittenVersion } from '../../shared/vcard/property.ts';
import { storedCard } from '../../shared/vcard/stored-card.ts';
import { isObject } from '../formats/import-record.ts';
import { mergeCards } from './merge-cards.ts';

type Extra = Record<string, unknown>;

/** What a contact carries after an import, and what a new card left of the old one, for people to read. */
export interface MergedExtra {
  extra: Extra | null;
  kept: string[];
}

/**
 * All that a contact had, and what the file says; where both speak, the file wins, but of a card only what there can be
 * one of. `present` gives the contact as it is now as a card of a version.
 */
export function mergeExtra(old: Extra | null, file: Extra, present: (version: WrittenVersion) => readonly VCardProperty[]): MergedExtra {
  const merged: Extra = { ...old };
  let kept: string[] = [];
  for (const [key, value] of Object.entries(file)) {
    const card = key === 'vcard' ? storedCard({ vcard: value }) : undefined;
    if (card === undefined) merged[key] = mergeValue(key, old?.[key], value);
    else {
      const cards = mergeCards(storedCard(old), present(card.version === '4.0' ? '4.0' : '3.0'), card);
      merged[key] = cards.card;
      ({ kept } = cards);
    }
  }
  return { extra: old === null && Object.keys(file).length === 0 ? null : merged, kept };
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
  return isKeyed(key) && isObject(known) && isObject(value) ? { ...known, ...value } : value;
}

const isKeyed = (key: string) => key === 'columns' || key === 'json';
