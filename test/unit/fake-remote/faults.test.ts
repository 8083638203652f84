import { beforeEach, describe, expect, test } from 'vitest';
import type { FaultAction } from '../../fake-remote/faults.ts';
import { serveFakeRemote } from '../../fake-remote/http.ts';
import { createFakeRemote, type FakeRemote } from '../../fake-remote/remote.ts';
import { bodyBytes, type RemoteOutcome, type RemoteRequest, type RemoteResponse } from '../../fake-remote/transport.ts';
import { exchange } from './server-under-test.ts';

const contacts = '/api/organization-contact';
let remote: FakeRemote;
let headers: Record<string, string>;

const send = (method: string, path: string, body?: unknown): RemoteOutcome =>
  remote.handle({ method, path, headers, body: body === undefined ? null : Buffer.from(JSON.stringify(body)) });

const answer = (method: string, path: string, body?: unknown): RemoteResponse & { json: Record<string, unknown> } => {
  const outcome = send(method, path, body);
  if ('failure' in outcome) throw new Error(outcome.failure);
  return { ...outcome, json: JSON.parse(bodyBytes(outcome.body).toString() || 'null') as Record<string, unknown> };
};

const create = (name: string): RemoteOutcome =>
  send('POST', contacts, { name, organizationId: remote.directory.organizationId });
const names = (): string[] => remote.rows().map(({ name }) => name);
const isWrite = ({ method }: RemoteRequest): boolean => method !== 'GET';

beforeEach(() => {
  remote = createFakeRemote();
  headers = { 'content-type': 'application/json' };
  const { email, password } = remote.directory.admin;
  const { token } = answer('POST', '/api/auth/login', { email, password }).json;
  headers = { ...headers, authorization: `Bearer ${String(token)}`, 'Tenant-Id': remote.directory.tenantId };
  remote.requests.length = 0;
});

describe('a lost answer', () => {
  test.each(['drop', 'reset', 'timeout'] as const)(
    'by %s leaves the server as it was, or with the work done',
    (failure) => {
      remote.faults.add({ do: failure });
      expect(create('Before')).toEqual({ failure });
      expect(names()).toEqual([]);
      remote.faults.add({ do: failure, at: 'after' });
      expect(create('After')).toEqual({ failure });
      expect(names()).toEqual(['After']);
      expect(create('Third')).toHaveProperty('status', 201);
    },
  );

  test('hits the requests that match, as often as said, until it is taken away', () => {
    const takeAway = remote.faults.add({ do: 'drop', match: isWrite, times: Infinity });
    remote.faults.add({ do: { status: 503 }, match: isWrite, times: 2 });
    expect(send('GET', contacts)).toHaveProperty('status', 200);
    expect(create('Lost')).toHaveProperty('failure');
    takeAway();
    expect([create('a'), create('b'), create('c')].map((one) => 'status' in one && one.status)).toEqual([
      503, 503, 201,
    ]);
  });
});

describe('another answer', () => {
  test('is a page of a captive portal, a redirect, or any status', () => {
    const retry = { status: 429, headers: { 'retry-after': '30' }, body: { message: 'slow' } };
    for (const action of ['html200', { redirect: 'http://portal.test/login' }, retry] satisfies FaultAction[])
      remote.faults.add({ do: action });
    const [portal, redirect, slow] = [send('GET', contacts), send('GET', contacts), send('GET', contacts)];
    expect(portal).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(redirect).toMatchObject({ status: 302, headers: { location: 'http://portal.test/login' } });
    expect(slow).toMatchObject({ status: 429, headers: { 'retry-after': '30' }, body: '{"message":"slow"}' });
  });

  test('after the work is done is a commit with an error', () => {
    remote.faults.add({ do: { status: 500, body: { message: 'boom' } }, at: 'after' });
    expect(create('Committed')).toHaveProperty('status', 500);
    expect(names()).toEqual(['Committed']);
  });

  test('is a success status with an error inside, and nothing is saved', () => {
    remote.faults.add({ do: 'messageIn2xx' });
    const { status, json } = answer('POST', contacts, { name: 'x', organizationId: remote.directory.organizationId });
    expect([status, Object.keys(json), names()]).toEqual([201, ['message'], []]);
  });

  test('to a refresh is null, with the old token dead or not', () => {
    const { email, password } = remote.directory.admin;
    const { refresh_token } = answer('POST', '/api/auth/login', { email, password }).json;
    for (const at of ['before', 'after'] as const) {
      remote.faults.add({ do: { status: 200, body: null }, at });
      expect(answer('POST', '/api/auth/refresh-token', { refresh_token })).toMatchObject({ status: 200, json: null });
    }
    expect(answer('POST', '/api/auth/refresh-token', { refresh_token }).json.message).toBe('Token is rotated');
  });

  test('is that of a database which is down for one request', () => {
    remote.faults.add({ do: 'databaseDown' });
    expect(send('GET', contacts)).toHaveProperty('status', 401);
    expect(send('GET', contacts)).toHaveProperty('status', 200);
  });
});

describe('a damaged answer', () => {
  test('is cut in half, late, empty, or wrong about its total', () => {
    remote.web.create({ name: 'One' });
    const list = `${contacts}/pagination?where[organizationId]=${remote.directory.organizationId}`;
    const whole = answer('GET', list);
    for (const action of ['truncate', { delayMs: 40 }, 'emptyList', { total: 7 }] satisfies FaultAction[])
      remote.faults.add({ do: action });
    const cut = send('GET', list) as RemoteResponse;
    expect([cut.truncated, bodyBytes(cut.body).length * 2]).toEqual([
      true,
      Number(whole.headers['content-length']) & ~1,
    ]);
    expect(answer('GET', list)).toMatchObject({ delayMs: 40, json: whole.json });
    expect(answer('GET', list).json).toEqual({ items: [], total: 0 });
    expect(answer('GET', list).json).toEqual({ ...whole.json, total: 7 });
  });
});

describe('a late copy of a request', () => {
  test('arrives when it is delivered, and overwrites what is newer', () => {
    const { id } = remote.web.create({ name: 'First' });
    const put = (name: string) =>
      send('PUT', `${contacts}/${id}`, { name, organizationId: remote.directory.organizationId });
    remote.faults.add({ do: 'duplicateLate' });
    put('Old');
    put('New');
    expect(names()).toEqual(['New']);
    expect(remote.faults.deliverLate()).toBe(1);
    expect(names()).toEqual(['Old']);
    expect(remote.faults.deliverLate()).toBe(0);
  });

  test('arrives after some more requests, and revives what was deleted', () => {
    remote.faults.add({ do: { duplicateAfter: 2 } });
    const body = { name: 'Revived', organizationId: remote.directory.organizationId };
    const { json } = answer('POST', contacts, { ...body, id: '11111111-1111-4111-8111-111111111111' });
    send('DELETE', `${contacts}/${String(json.id)}`);
    expect(names()).toEqual([]);
    send('GET', contacts);
    expect(names()).toEqual(['Revived']);
  });
});

test('something else can happen between two requests', () => {
  const { id } = remote.web.create({ name: 'Mine' });
  remote.faults.add({ do: { run: () => remote.web.edit(id, { name: 'Theirs' }) }, at: 'after' });
  expect(answer('GET', `${contacts}/${id}`).json.name).toBe('Mine');
  expect(answer('GET', `${contacts}/${id}`).json.name).toBe('Theirs');
});

test('every request is recorded with its body and the status it got', () => {
  remote.faults.add({ do: 'drop' });
  create('Lost');
  create('Made');
  send('GET', contacts);
  expect(remote.requests.map(({ method, status }) => [method, status])).toEqual([
    ['POST', null],
    ['POST', 201],
    ['GET', 200],
  ]);
  expect(remote.writes().map(({ body }) => body)).toMatchObject([{ name: 'Lost' }, { name: 'Made' }]);
});

describe('over HTTP', () => {
  test('lost and damaged answers are errors of the connection', async () => {
    const { url, close } = await serveFakeRemote(remote);
    const get = (): Promise<unknown> => exchange(`${url}/api`, 'GET', {});
    for (const action of ['drop', 'reset', 'truncate'] as const) {
      remote.faults.add({ do: action });
      await expect(get()).rejects.toThrow();
    }
    remote.faults.add({ do: { delayMs: 5 } });
    await expect(get()).resolves.toMatchObject({ status: 200 });
    remote.faults.add({ do: 'timeout' });
    const silence = new Promise((resolve) => setTimeout(resolve, 30, 'silence'));
    const unanswered = get().catch(() => 'closed');
    expect(await Promise.race([unanswered, silence])).toBe('silence');
    await close();
    expect(await unanswered).toBe('closed');
  });
});
