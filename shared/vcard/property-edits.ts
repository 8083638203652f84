import {
  encodingNamed, encodingOf, paramText, type VCardParam, type VCardProperty, type VCardVersion, withoutParams,
} from './property.ts';
import { cleanText, escapeComponent, escapeText, splitEscaped } from './text.ts';
import { componentsOf, listOf } from './value.ts';

/** Properties whose value is several things, or none that is text: they can be kept or removed, not typed. */
const untyped = new Set(['ADR', 'ORG', 'GENDER', 'SOUND', 'PHOTO', 'LOGO', 'KEY', 'X-ANDROID-CUSTOM']);
const addresses = new Set(['URL', 'IMPP', 'X-SOCIALPROFILE', 'CALURI', 'FBURL', 'RELATED', 'MEMBER', 'SOURCE']);
const dates = new Set(['BDAY', 'ANNIVERSARY', 'X-ABDATE']);

/** Whether a person can type another value for this property without anything else of it being lost. */
export function isTypable(property: VCardProperty): boolean {
  const name = property.name.toUpperCase();
  if (untyped.has(name) || encodingOf(property) === 'base64' || /^data:/i.test(property.value)) return false;
  return name !== 'NICKNAME' || listOf(property).every((item) => !item.includes(','));
}

/** The property with another value; its group and all parameters but those of the old value's writing stay. */
export function withText(property: VCardProperty, text: string, version: VCardVersion): VCardProperty {
  const name = property.name.toUpperCase();
  const clean = cleanText(text);
  const plain = unencoded(property);
  if (name === 'NICKNAME') return { ...plain, value: clean.split(',').map((item) => escapeComponent(item.trim())).join(',') };
  if (dates.has(name)) return withDate(plain, clean, version);
  if (!addresses.has(name)) return { ...withoutParams(plain, 'VALUE'), value: escapeText(clean) };
  return { ...plain, value: clean.replaceAll('\\', '\\\\').replaceAll('\n', '') };
}

/** The property with one of its components changed; the others stay as they are written. */
export function withComponent(property: VCardProperty, place: number, text: string): VCardProperty {
  const isEncoded = encodingOf(property) === 'quoted-printable';
  const raw = isEncoded ? componentsOf(property).map(escapeComponent) : splitEscaped(property.value, ';');
  const components = Array.from({ length: Math.max(raw.length, place + 1) }, (_, index) =>
    index === place ? escapeComponent(cleanText(text)) : (raw[index] ?? ''),
  );
  return { ...(isEncoded ? unencoded(property) : property), value: components.join(';') };
}

/** Whether nothing is in any component. */
export function isBlank(property: VCardProperty): boolean {
  return componentsOf(property).every((component) => component.trim() === '');
}

/** What a person calls a number or an address, as the card's parameters, or else as a label of its own. */
export function labelled(property: VCardProperty, label: string, others: readonly VCardProperty[]): VCardProperty[] {
  const type = typeOfWord.get(label.trim().toLowerCase());
  if (label.trim() === '') return [property];
  if (type !== undefined) return [{ ...property, params: [...property.params, ['TYPE', [type]]] }];
  const taken = new Set(others.map(({ group }) => group?.toLowerCase()));
  let number = 1;
  while (taken.has(`item${number}`)) number += 1;
  const group = `item${number}`;
  return [{ group, ...property }, { group, name: 'X-ABLabel', params: [], value: escapeText(cleanText(label)) }];
}

const typeOfWord = new Map([
  ['home', 'home'], ['private', 'home'], ['work', 'work'], ['office', 'work'], ['mobile', 'cell'], ['cell', 'cell'],
  ['fax', 'fax'],
]);

/** 1980-01-02 and --01-02 as the version writes them; what is no such date is text. */
function withDate(property: VCardProperty, text: string, version: VCardVersion): VCardProperty {
  const date = /^(\d{4}|-)-(\d\d)-(\d\d)$/.exec(text);
  const bare = withoutParams(property, 'VALUE', 'X-APPLE-OMIT-YEAR');
  if (date === null) {
    const asText: VCardParam[] = version === '4.0' ? [['VALUE', ['text']]] : [];
    return { ...bare, params: [...bare.params, ...asText], value: escapeText(text) };
  }
  return { ...bare, value: version === '4.0' ? text.replace(/-(?=\d\d$)/, '').replace(/(?<=^\d{4})-/, '') : text };
}

/** Without what says how the old value was written. */
function unencoded(property: VCardProperty): VCardProperty {
  const params = property.params.filter(([name, values]) => {
    if (name === '') return encodingNamed(paramText(values[0] ?? '')) === undefined;
    return !['ENCODING', 'CHARSET'].includes(name.toUpperCase());
  });
  return { ...property, params };
}
