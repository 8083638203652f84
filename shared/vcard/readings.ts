import { typesOf, type VCardProperty } from './property.ts';
import { cleanText } from './text.ts';
import { componentsOf, textOf } from './value.ts';

/** The street of an address in the two lines of a contact: its second line is the extended address or the rest. */
export function streetLines(components: readonly string[]): { address: string; address2: string } {
  const [box = '', extended = '', street = ''] = components.map(cleanText);
  if (extended !== '' || !street.includes('\n')) return { address: street === '' ? box : street, address2: extended };
  const [first = '', ...others] = street.split('\n');
  return { address: cleanText(first), address2: cleanText(others.join('\n')) };
}

/** N as people read it: prefix, given, additional, family, suffix. */
export function fullName(property: VCardProperty): string {
  const [family, given, additional, prefix, suffix] = componentsOf(property).map(cleanText);
  return [prefix, given, additional, family, suffix].filter((part) => part !== undefined && part !== '').join(' ');
}

/** The address of EMAIL, without `mailto:` and without the name some programs put around it. */
export function addressText(property: VCardProperty): string {
  const text = textOf(property).trim().replace(/^mailto:/i, '');
  return /<([^<>]+)>$/.exec(text)?.[1] ?? text;
}

/** The number of TEL as it was typed, or of a `tel:` address with its extension. */
export function phoneText(property: VCardProperty): string {
  const text = textOf(property).trim();
  if (!/^tel:/i.test(text)) return text;
  const [number = '', ...params] = text.slice('tel:'.length).split(';');
  const extension = params.find((param) => /^ext=/i.test(param))?.slice('ext='.length);
  return extension === undefined ? number : `${number} ext. ${extension}`;
}

/** A number that takes nothing but faxes. */
export function isFax(property: VCardProperty): boolean {
  const types = typesOf(property);
  const talks = ['voice', 'cell', 'text', 'msg', 'video', 'main'];
  return types.includes('fax') && !types.some((type) => talks.includes(type));
}

/** A number to send a page to, not to talk. */
export function isPager(property: VCardProperty): boolean {
  const types = typesOf(property);
  return types.includes('pager') && !types.includes('cell') && !types.includes('voice');
}
