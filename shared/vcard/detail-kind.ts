import { digitsOf } from '../text.ts';
import type { VCardProperty } from './property.ts';

/** What can be done with a detail: write to it, call it, open it, or only read it. */
export type DetailKind = 'mail' | 'tel' | 'url' | 'date' | 'text';

const kindOfName = new Map<string, DetailKind>([
  ['EMAIL', 'mail'], ['TEL', 'tel'], ['URL', 'url'], ['X-SOCIALPROFILE', 'url'],
  ['BDAY', 'date'], ['ANNIVERSARY', 'date'], ['X-ABDATE', 'date'],
]);

/** The kind of a card's property, by its name, else by what it holds. */
export function propertyKind(property: VCardProperty, value: string): DetailKind {
  const kind = kindOfName.get(property.name.toUpperCase());
  if (kind === 'url' && !isWebAddress(value) && property.name.toUpperCase() !== 'URL') return 'text';
  return kind ?? (isWebAddress(value) ? 'url' : 'text');
}

/** The kind of a column or a key, whose name alone says little: 'E-mail 1 - Label' holds no address. */
export function columnKind(name: string, value: string): DetailKind {
  if (isWebAddress(value)) return 'url';
  if (/mail/i.test(name) && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return 'mail';
  if (phoneWords.test(name) && /^[+(\p{Nd}][\p{Nd}\s()./+x-]*$/u.test(value) && digitsOf(value).length >= 3) return 'tel';
  return dateWords.test(name) ? 'date' : 'text';
}

const phoneWords = /phone|mobile|mobil|\btel|telefon|fax|pager|handy|cell/i;
const dateWords = /birthday|anniversary|geburtstag|\bdate\b/i;

function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s/]+\S*$/i.test(value);
}
