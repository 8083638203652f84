import type { Account, Attempt, Failure, RemoteName, StrangeRow } from '../ports.ts';
import { isList, isObject, parseJson, refusalOf, saysNoRoute, saysNotFound } from '../wire/answer.ts';
import { decodeContact, type Decoded } from '../wire/decode.ts';
import { rowStream } from '../wire/row-stream.ts';
import { wordsOf, type Answer, type Api } from './api.ts';
import { kindOf, portal, probeMs, RequestError, Stop } from './stop.ts';

export const pageSize = 100;

/** A page of contacts. */
export interface Page {
  rows: Decoded[];
  /** How many there are on all pages. */
  total: number;
  etag: string | null;
}

export interface PageQuery {
  order: string;
  page: number;
  size?: number;
  withDeleted?: boolean;
  /** Only the contact with this id. */
  id?: string;
  /** Only what this user created. */
  createdBy?: string | undefined;
  /** The tag of the page as it was: answered with 'same' when it is so still. */
  etag?: string | null;
}

/** How a request for one contact ended. */
export type Sent =
  | { kind: 'ok'; id: string | null }
  /** Somebody else was faster (409, 412). */
  | { kind: 'stale' }
  /** The contact is not there. */
  | { kind: 'gone' }
  /** The server does not have this route. */
  | { kind: 'noRoute' }
  | { kind: 'failed'; failure: Failure };

/** What the engine asks of the server, in the server's terms. */
export type Remote = ReturnType<typeof createRemote>;

const contacts = '/api/organization-contact';
const relations = ['tags', 'members', 'members.user', 'projects', 'contact'];
/** All contacts at once may take their time. */
const listTimeoutMs = 10 * 60_000;

export function createRemote(api: Api, account: Pick<Account, 'tenantId' | 'organizationId' | 'dialect'>) {
  const { tenantId, organizationId, dialect } = account;
  const own = { organizationId, tenantId };

  async function getList(path: string, etag?: string | null): Promise<Answer> {
    const answer = await api.call({ method: 'GET', path, ...(etag ? { headers: { 'if-none-match': etag } } : {}) });
    return answer.status === 304 || (answer.status === 200 && isList(answer.json)) ? answer : noList(answer);
  }

  function pagePath({ order, page, size = pageSize, withDeleted = false, id, createdBy }: PageQuery): string {
    const query = new URLSearchParams();
    if (id === undefined) {
      for (const [key, value] of Object.entries(own)) query.append(`where[${key}]`, value);
      if (createdBy !== undefined) query.append('where[createdByUserId]', createdBy);
    } else {
      // Ids can be asked for only in the form that joins several terms.
      query.append('where[0][organizationId]', organizationId);
      query.append('where[0][id]', id);
    }
    query.append('take', String(size));
    query.append('skip', String(page));
    const [column = '', direction = ''] = order.split(' ');
    query.append(`order[${column}]`, direction);
    query.append('order[id]', 'ASC');
    for (const [index, relation] of relations.entries()) query.append(`relations[${index}]`, relation);
    if (withDeleted) query.append('withDeleted', 'true');
    return `${contacts}/pagination?${query.toString()}`;
  }

  async function page(query: PageQuery): Promise<Page | 'same'> {
    const { status, headers, json } = await getList(pagePath(query), query.etag);
    if (status === 304) return 'same';
    const { items, total } = json as { items: unknown[]; total: number };
    return { rows: items.map((item) => decodeContact(item, dialect)), total, etag: headers.etag ?? null };
  }

  /** A page that is asked for without a tag. */
  async function wholePage(query: Omit<PageQuery, 'etag'>): Promise<Page> {
    const found = await page(query);
    if (found === 'same') throw noAnswer();
    return found;
  }

  /**
   * All contacts at once, as they arrive. Answers with the total that the server gives at the end.
   * An answer that breaks off throws.
   */
  async function* list(): AsyncGenerator<Decoded[], number> {
    const data = JSON.stringify({ relations, findInput: own });
    const path = `${contacts}?${new URLSearchParams({ data }).toString()}`;
    const { headers, body } = await api.open({ method: 'GET', path, timeoutMs: listTimeoutMs });
    if (!headers['content-type']?.includes('json')) throw portal();
    const rows = rowStream(body);
    for (;;) {
      const next = await rows.next();
      if (!next.done) {
        yield next.value.map((text) => decodeContact(parseJson(text), dialect));
        continue;
      }
      const envelope = next.value;
      if (envelope === undefined || typeof envelope.total !== 'number') throw noAnswer(envelope);
      return envelope.total;
    }
  }

  /** One contact as it is now; null when the server says that it has none with this id. */
  async function byId(id: string): Promise<Decoded | null> {
    const data = JSON.stringify({ relations });
    const answer = await api.call({ method: 'GET', path: `${contacts}/${encodeURIComponent(id)}?${new URLSearchParams({ data }).toString()}` });
    const { status, json } = answer;
    if (saysNotFound(status, json)) return null;
    if (saysNoRoute(status, json)) noList(answer);
    if (status !== 200 || !isObject(json) || json.id !== id) throw refused(answer);
    if (typeof json.organizationId === 'string' && json.organizationId !== organizationId) return elsewhere(id, json);
    return decodeContact(json, dialect, { forUpdate: true });
  }

  /** One contact, also from the server's trash. */
  async function byIdWithTrash(id: string): Promise<Decoded | null> {
    const { json } = await getList(pagePath({ order: 'createdAt ASC', page: 1, size: 1, withDeleted: true, id }));
    const [item] = (json as { items: unknown[] }).items;
    return item === undefined ? null : decodeContact(item, dialect, { forUpdate: true });
  }

  async function send({ method, path, body }: Omit<Attempt, 'id'>): Promise<Sent> {
    const answer = await api.call({ method, path: `/api${path}`, body });
    const { status, json } = answer;
    if (status >= 200 && status < 300) {
      const id = isObject(json) && typeof json.id === 'string' ? json.id : null;
      const isDeletion = method === 'DELETE' && isObject(json) && typeof json.affected === 'number';
      const isOurs = id !== null && (method === 'POST' || path.includes(encodeURIComponent(id)));
      if (isOurs || isDeletion) return { kind: 'ok', id };
      return { kind: 'failed', failure: { ...refusalOf(400, json), kind: 'refused', status, message: wordsOf(answer), inDoubt: true } };
    }
    if (saysNotFound(status, json)) return { kind: 'gone' };
    if (saysNoRoute(status, json)) return { kind: 'noRoute' };
    if (status === 409 || status === 412) return { kind: 'stale' };
    return { kind: 'failed', failure: failureOf(answer) };
  }

  /** Takes a contact out of the trash of a Fieldbook. */
  async function recover(id: string): Promise<void> {
    const answer = await api.call({ method: 'PUT', path: `${contacts}/${encodeURIComponent(id)}/recover`, body: '{}' });
    if (answer.status >= 300 && !saysNotFound(answer.status, answer.json)) throw refused(answer);
  }

  async function tags(): Promise<RemoteName[]> {
    const { json } = await getList(`/api/tags/level?${new URLSearchParams(own).toString()}`);
    return (json as { items: unknown[] }).items.flatMap((item) => tagOf(item) ?? []);
  }

  async function createTag(name: string, color: string): Promise<RemoteName> {
    const answer = await api.call({ method: 'POST', path: '/api/tags', body: JSON.stringify({ name, color, ...own }) });
    const tag = answer.status < 300 ? tagOf(answer.json) : undefined;
    if (!tag) throw refused(answer);
    return tag;
  }

  /** Keeps a picture on the server. @returns its id there */
  async function uploadPicture(contentType: string, body: Uint8Array): Promise<string> {
    const path = '/api/image-assets/upload/contacts';
    const answer = await api.call({ method: 'POST', path, headers: { 'content-type': contentType }, body });
    if (answer.status >= 300 || !isObject(answer.json) || typeof answer.json.id !== 'string') throw refused(answer);
    return answer.json.id;
  }

  return { account, page, wholePage, list, byId, byIdWithTrash, send, recover, tags, createTag, uploadPicture };
}

function elsewhere(id: string, json: Record<string, unknown>): Decoded {
  const strange: StrangeRow = {
    remoteId: id,
    name: typeof json.name === 'string' ? json.name.slice(0, 200) : null,
    reason: 'The contact belongs to another organization on the server now.',
    raw: JSON.stringify(json).slice(0, 100_000),
  };
  return { kind: 'strange', strange };
}

function tagOf(json: unknown): RemoteName | undefined {
  if (!isObject(json) || typeof json.id !== 'string' || typeof json.name !== 'string') return undefined;
  return { id: json.id, name: json.name, ...(typeof json.color === 'string' && { color: json.color }) };
}

function failureOf(answer: Answer): Failure {
  const { status, json } = answer;
  if (status < 300) return { kind: 'refused', status, message: wordsOf(answer), inDoubt: true };
  return { ...refusalOf(status, json), kind: kindOf(status), status, inDoubt: false };
}

const refused = (answer: Answer) => new RequestError(failureOf(answer));

/** A list that is none: nothing can be concluded from it, so the cycle ends. */
function noList(answer: Answer): never {
  const reason = answer.status === 403 ? 'The server does not let you read the contacts' : 'The server does not give its contacts';
  throw new Stop('paused', `${reason}: ${wordsOf(answer)}`, probeMs);
}

function noAnswer(envelope?: Record<string, unknown>): Error {
  if (envelope === undefined) {
    return new RequestError({ kind: 'transient', status: 200, message: 'The server’s answer broke off.', inDoubt: false });
  }
  return new Stop('paused', `The server does not give its list: ${refusalOf(200, envelope).message}`, probeMs);
}

/** The rows that could be read, and the others. */
export function sorted(rows: readonly Decoded[]) {
  return {
    readable: rows.filter((row) => row.kind === 'row'),
    strange: rows.flatMap((row) => (row.kind === 'strange' ? [row.strange] : [])),
  };
}

