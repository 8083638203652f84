import type { CapturedField } from './capture-fields.ts';
import { uuid } from './contact.ts';
import { isPlainLine, isSafeAddress } from './text.ts';

/** The scheme that is registered with the desktop. */
export const linkScheme = 'fieldbook';

/** What a link asks for: to show a contact, or the form of a new one with some fields filled in. Nothing is saved. */
export type DeepLink =
  | { kind: 'contact'; id: string }
  | { kind: 'new'; fields: Partial<Record<CapturedField, string>> };

const maxLength = 4096;
/** The fields a link may fill in, and how long each may be. */
const fieldLengths = { name: 200, company: 200, email: 254, phone: 60, website: 500 } as const satisfies
  Partial<Record<CapturedField, number>>;

/** Whether a text is meant to be a link of ours, good or bad. */
export function isDeepLink(text: string): boolean {
  return text.toLowerCase().startsWith(`${linkScheme}:`);
}

/**
 * Reads `fieldbook://contact/<id>` and `fieldbook://new?name=…&company=…&email=…&phone=…&website=…`. Any page or program
 * can send such a link, so everything else is refused as a whole (null): other actions, unknown or repeated fields,
 * values that are too long or hold control characters, addresses that could run code.
 */
export function parseDeepLink(text: string): DeepLink | null {
  if (text.length > maxLength) return null;
  const [, action = '', path = '', query = ''] = linkPattern.exec(text) ?? [];
  if (action.toLowerCase() === 'contact' && query === '') return contactLink(path);
  if (action.toLowerCase() === 'new' && path === '') return newLink(query);
  return null;
}

/** `fieldbook://<action>[/<path>][?<query>]`; some programs add a slash of their own. */
const linkPattern = new RegExp(String.raw`^${linkScheme}://([a-z]+)(?:/([^/?#]*)/?)?(?:\?([^#]*))?$`, 'i');

function contactLink(path: string): DeepLink | null {
  const id = uuid.safeParse(path);
  return id.success ? { kind: 'contact', id: id.data } : null;
}

function newLink(query: string): DeepLink | null {
  const fields: Partial<Record<CapturedField, string>> = {};
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [encodedName = '', ...encodedValue] = pair.split('=');
    const name = decode(encodedName);
    const value = decode(encodedValue.join('='));
    if (name === null || value === null || !isLinkField(name) || fields[name] !== undefined) return null;
    if (value.length > fieldLengths[name] || !isPlainLine(value)) return null;
    if (name === 'website' && !isSafeAddress(value)) return null;
    fields[name] = value.trim();
  }
  return { kind: 'new', fields };
}

/** The text of a part of a query, where a plus is a blank; null when it is not well encoded. */
function decode(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

function isLinkField(name: string): name is keyof typeof fieldLengths {
  return Object.hasOwn(fieldLengths, name);
}
