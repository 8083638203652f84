import { base64Size } from './base64.ts';
import { contentOf } from './card-fields.ts';
import { parseDataUri } from './media.ts';
import { encodingOf, isNamed, paramValues, typesOf, type VCardProperty } from './property.ts';
import { columnKind, type DetailKind, propertyKind } from './detail-kind.ts';
import { columnName, type Extra, isMarkedPhoto, storedCard, storedColumns, storedKeys } from './stored-card.ts';
import { cleanText } from './text.ts';
import { componentsOf, listOf, textOf } from './value.ts';

/** Where in `extra` a detail is: a property of the card, perhaps one part of it, a column of a CSV, or a key of JSON. */
export type DetailPlace =
  | { in: 'card'; index: number; component?: number }
  | { in: 'columns'; key: string }
  | { in: 'json'; key: string }
  | { in: 'extra'; key: string };

export interface DisplayProperty {
  label: string;
  value: string;
  kind: DetailKind;
  place: DetailPlace;
}

const labels = new Map([
  ['EMAIL', 'E-mail'], ['TEL', 'Phone'], ['ADR', 'Address'], ['URL', 'Website'], ['NOTE', 'Note'],
  ['TITLE', 'Job title'], ['ORG', 'Organisation'], ['ROLE', 'Role'], ['BDAY', 'Birthday'], ['ANNIVERSARY', 'Anniversary'],
  ['NICKNAME', 'Nickname'], ['IMPP', 'Messenger'], ['RELATED', 'Related'], ['LANG', 'Language'],
  ['TZ', 'Time zone'], ['GEO', 'Location'],
  ['GENDER', 'Gender'], ['KIND', 'Kind'], ['PHOTO', 'Photo'], ['LOGO', 'Logo'], ['SOUND', 'Sound'], ['KEY', 'Key'],
  ['LABEL', 'Address label'], ['MEMBER', 'Member'], ['CALURI', 'Calendar'], ['FBURL', 'Free/busy'], ['FN', 'Name'],
  ['SORT-STRING', 'Sorted as'], ['X-ABDATE', 'Date'], ['X-ABRELATEDNAMES', 'Related'],
  ['X-SOCIALPROFILE', 'Social profile'],
  ['X-PHONETIC-FIRST-NAME', 'Phonetic first name'], ['X-PHONETIC-LAST-NAME', 'Phonetic last name'],
]);

/** What programs write for themselves: nothing a person wants to read. */
const technical = new Set(
  (
    'VERSION PRODID REV UID CATEGORIES X-ABLABEL X-ABADR X-ABSHOWAS X-ABUID CLIENTPIDMAP PROFILE SOURCE MAILER CLASS ' +
    'XML X-IMAGETYPE X-IMAGEHASH X-MS-OL-DESIGN X-MS-OL-DEFAULT-POSTAL-ADDRESS X-EVOLUTION-FILE-AS ' +
    'X-ADDRESSBOOKSERVER-KIND'
  ).split(' '),
);

/** Types that only say what the property is anyway. */
const plainTypes = new Set(['pref', 'internet', 'voice', 'x400', 'url', 'uri']);

const namedParts = ['', '', 'Middle name', 'Name prefix', 'Name suffix'];

/**
 * What a contact carries that no column holds, for people to read: further addresses and numbers with their label,
 * birthday, job, messengers, the unmapped columns of a CSV and the unknown keys of JSON. In the order of the source.
 */
export function displayProperties(extra: Extra): DisplayProperty[] {
  const properties = storedCard(extra)?.properties ?? [];
  const { sources } = contentOf(properties);
  const shown = new Set(Object.values(sources));
  const ofCard = properties.flatMap((property, index): DisplayProperty[] => {
    if (isNamed(property, 'N')) return furtherNames(property, index);
    if (isNamed(property, 'ADR') && index === sources.address) return postBox(property, index);
    if (shown.has(index) || technical.has(property.name.toUpperCase()) || isMarkedPhoto(property)) return [];
    const value = valueOf(property);
    return [{ label: labelOf(property, properties), value, kind: propertyKind(property, value), place: { in: 'card', index } }];
  });
  const ofColumns = storedColumns(extra).map(([key, text]): DisplayProperty => {
    const value = cleanText(text);
    return { label: key, value, kind: columnKind(key, value), place: { in: 'columns', key } };
  });
  const ofKeys = storedKeys(extra).map(({ key, value: known, isJson }): DisplayProperty => {
    const value = cleanText(keyText(known));
    return { label: capitalised(spaced(key)), value, kind: columnKind(key, value), place: { in: isJson ? 'json' : 'extra', key } };
  });
  return [...ofCard, ...ofColumns, ...ofKeys].filter(({ value }) => value !== '');
}

function furtherNames(property: VCardProperty, index: number): DisplayProperty[] {
  return componentsOf(property).flatMap((text, component): DisplayProperty[] => {
    const label = namedParts[component] ?? '';
    return label === '' ? [] : [{ label, value: cleanText(text), kind: 'text', place: { in: 'card', index, component } }];
  });
}

/** The one part of an address without a column; with no street beside it, it is the address. */
function postBox(property: VCardProperty, index: number): DisplayProperty[] {
  const [box = '', , street = ''] = componentsOf(property);
  if (street.trim() === '') return [];
  return [{ label: 'PO box', value: cleanText(box), kind: 'text', place: { in: 'card', index, component: 0 } }];
}

/** A value of JSON in words; of an object, what it says by its keys. */
function keyText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(keyText).filter((text) => text !== '').join(', ');
  if (typeof value === 'object') {
    return Object.entries(value).map(([key, inner]) => `${spaced(key)}: ${keyText(inner)}`).join(', ');
  }
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function spaced(key: string): string {
  return key.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
}

function labelOf(property: VCardProperty, properties: readonly VCardProperty[]): string {
  const name = property.name.toUpperCase();
  if (name === columnName) return paramValues(property, 'X-NAME')[0] ?? 'Column';
  if (name === 'X-ANDROID-CUSTOM') return capitalised(/item\/([\w-]+)/.exec(property.value)?.[1] ?? 'Custom');
  const base = labels.get(name) ?? capitalised(name.replace(/^X-(?:FIELDBOOK-|GAUZY-|MS-|MS-OL-|AB|APPLE-)?/, ''));
  const own = ownLabel(property, properties);
  const types = typesOf(property).filter((type) => !plainTypes.has(type) && !isMediaOrEncoding(type));
  const qualifier = own ?? types.join(', ');
  return qualifier === '' ? base : `${base} (${qualifier})`;
}

/** What a person named it: Apple's X-ABLabel in the same group, whose built-in names are in `_$!<…>!$_`. */
function ownLabel(property: VCardProperty, properties: readonly VCardProperty[]): string | undefined {
  const group = property.group?.toLowerCase();
  if (group === undefined) return undefined;
  const label = properties.find((other) => isNamed(other, 'X-ABLABEL') && other.group?.toLowerCase() === group);
  const text = label === undefined ? '' : cleanText(textOf(label)).replace(/^_\$!<(.*)>!\$_$/, '$1');
  return text === '' ? undefined : text;
}

function valueOf(property: VCardProperty): string {
  const data = parseDataUri(property.value);
  if (data !== undefined) return sizeOf(data.base64);
  if (encodingOf(property) === 'base64' && !isNamed(property, 'NOTE')) return sizeOf(property.value);
  const filled = (parts: string[]) => parts.map(cleanText).filter((part) => part !== '').join(', ');
  switch (property.name.toUpperCase()) {
    case 'ADR':
    case 'ORG':
    case 'GENDER':
      return filled(componentsOf(property)).replaceAll('\n', ', ');
    case 'NICKNAME':
      return filled(listOf(property));
    case 'X-ANDROID-CUSTOM':
      return filled(componentsOf(property).slice(1, 2));
    case 'BDAY':
    case 'ANNIVERSARY':
    case 'X-ABDATE':
      return dateOf(property);
    case 'SOUND':
      return filled(componentsOf(property));
    default:
      return cleanText(textOf(property)).replace(/^(mailto|tel):/i, '');
  }
}

function sizeOf(base64: string): string {
  return `${Math.ceil(base64Size(base64) / 1024)} kB embedded`;
}

function dateOf(property: VCardProperty): string {
  const text = cleanText(textOf(property));
  const date = /^(\d{4}|-)-?(\d\d)-?(\d\d)(?:T.*)?$/.exec(text);
  if (date === null) return text;
  const [, year = '', month, day] = date;
  const yearless = year === '-' || paramValues(property, 'X-APPLE-OMIT-YEAR').includes(year);
  return yearless ? `--${month}-${day}` : `${year}-${month}-${day}`;
}

function isMediaOrEncoding(type: string): boolean {
  return /^(jpe?g|png|gif|webp|b|base64|quoted-printable|8bit|7bit)$/.test(type);
}

function capitalised(name: string): string {
  const words = name.replaceAll('-', ' ').replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
