import { addressFields, scalarFields, setFields } from '../../../shared/contact.ts';

type Json = Record<string, unknown>;

/** What a server's refusal says. */
export interface Refusal {
  /** In one line, without what only the server's own people understand. */
  message: string;
  /** The field it is about, by our name. */
  field?: string;
}

/** The JSON of a body; undefined for anything else, such as a web page. An empty body is null. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list as it must look: rows and their number. */
export function isList(json: unknown): json is { items: unknown[]; total: number } {
  return isObject(json) && Array.isArray(json.items) && typeof json.total === 'number';
}

/** Whether an answer says that a record is not there: the server's own words, and not a route or a proxy that is missing. */
export function saysNotFound(status: number, json: unknown): boolean {
  if (status !== 404 || !isObject(json) || json.statusCode !== 404) return false;
  return !messages(json).some((message) => message.startsWith('Cannot '));
}

/** Whether an answer says that the server has no such route. */
export function saysNoRoute(status: number, json: unknown): boolean {
  return status === 404 && isObject(json) && messages(json).some((message) => message.startsWith('Cannot '));
}

/**
 * The reason in an error's body, of which there are four kinds: `message` as a list, as a text with `error` beside it,
 * `{response, status, message, name}` of the database, and nothing.
 */
export function refusalOf(status: number, json: unknown): Refusal {
  const list = messages(json).map((message) => message.replace(/\s+/g, ' ').trim());
  const detail = isObject(json) && typeof json.error === 'string' ? json.error : '';
  const message = list.join('; ').slice(0, 300) || `The server answered ${status}.`;
  const field = list.map(fieldOf).find((found) => found !== undefined) ?? fieldOfConstraint(`${list.join(' ')} ${detail}`);
  return field === undefined ? { message } : { message, field };
}

function messages(json: unknown): string[] {
  if (!isObject(json)) return [];
  const list = Array.isArray(json.message) ? json.message : [json.message];
  return list.filter((one) => typeof one === 'string');
}

const ownFields = new Set<string>([...scalarFields, ...setFields, 'imageId', 'extra']);
const inAddress = new Set<string>(addressFields);

/** A refusal of the server's checks begins with the name of the field. */
function fieldOf(message: string): string | undefined {
  const [word] = message.split(' ', 1);
  if (word === undefined) return undefined;
  const bare = word.replace(/^contact\./, '');
  if (ownFields.has(word)) return word;
  return inAddress.has(bare) ? `contact.${bare}` : undefined;
}

/** What the database says names a table or a type of number. */
function fieldOfConstraint(text: string): string | undefined {
  if (/type integer|integer out of range/.test(text)) return 'budget';
  if (/varying\(500\)/.test(text)) return 'imageUrl';
  if (/tag_organization_contact/.test(text)) return 'tags';
  if (/organization_contact_employee/.test(text)) return 'members';
  if (/organization_project/.test(text)) return 'projects';
  return /image_asset/.test(text) ? 'imageId' : undefined;
}
