import { request as httpRequest, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import type { Change } from '../../../shared/operations/book.ts';
import { otherId, startServer, type ServerOptions, type TestServer } from './support/server.ts';

function change(seq: number): Change {
  return { seq, at: '2026-05-01T12:00:00.000Z', contactId: otherId, kind: 'updated', actor: 'ui', name: `Ann ${seq}` };
}

/** A server over a feed of changes that tests can add to. */
async function bookWith(count: number, options: ServerOptions = {}) {
  const feed = Array.from({ length: count }, (_, index) => change(index + 1));
  const server = await startServer({
    ...options,
    handlers: {
      'change.list': ({ since = 0, limit = 100 }: { since?: number; limit?: number }) => {
        if (since > 0 && since < 5) throw new AppError('gone', 'These changes are no longer kept');
        return { items: feed.filter(({ seq }) => seq > since).slice(0, limit), next: since };
      },
    },
    deps: { head: () => feed.length, ...options.deps },
  });
  const announce = (seq: number) => {
    feed.push(change(seq));
    server.events.publish({ type: 'change', change: change(seq) });
  };
  return { server, feed, announce };
}

interface Listener {
  response: IncomingMessage;
  text: () => string;
  /** The ids of the changes that have come so far. */
  ids: () => number[];
  isClosed: () => boolean;
  close(): void;
}

function listen({ port, all }: TestServer, headers: Record<string, string> = {}, token = all): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/api/events', agent: false, headers: { authorization: `Bearer ${token}`, ...headers } };
    const request = httpRequest(options, (response) => {
      let text = '';
      let closed = false;
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('close', () => (closed = true));
      response.on('error', () => undefined);
      resolve({
        response,
        text: () => text,
        ids: () => [...text.matchAll(/event: change\nid: (\d+)\n/g)].map((match) => Number(match[1])),
        isClosed: () => closed,
        close: () => request.destroy(),
      });
    });
    request.on('error', reject);
    request.end();
  });
}

describe('the event stream', () => {
  it('tells each change as it happens, from now on, with its sequence number as id', async () => {
    const { server, announce } = await bookWith(10);
    const listener = await listen(server);
    expect(listener.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'ratelimit-limit': expect.any(String),
    });
    await expect.poll(() => listener.text()).toBe('retry: 2000\nid: 10\n\n');
    announce(11);
    await expect.poll(() => listener.ids()).toEqual([11]);
    expect(listener.text()).toContain(`event: change\nid: 11\ndata: ${JSON.stringify(change(11))}\n\n`);
  });

  it('first tells what was missed since Last-Event-ID, every change once and in order', async () => {
    const { server, announce } = await bookWith(2500);
    const listener = await listen(server, { 'last-event-id': '7' });
    announce(2501);
    await expect.poll(() => listener.ids().length).toBe(2494);
    announce(2502);
    await expect.poll(() => listener.ids().at(-1)).toBe(2502);
    expect(listener.ids()).toEqual(Array.from({ length: 2495 }, (_, index) => index + 8));
  });

  it('tells from the journal what was announced only as a whole', async () => {
    const { server, feed } = await bookWith(10);
    const listener = await listen(server);
    await expect.poll(() => listener.text()).not.toBe('');
    for (let seq = 11; seq <= 1500; seq += 1) feed.push(change(seq));
    server.events.publish({ type: 'bulk' });
    await expect.poll(() => listener.ids().length).toBe(1490);
    expect(listener.ids().at(-1)).toBe(1500);
  });

  it('answers 410 when what was missed is no longer kept', async () => {
    const { server } = await bookWith(10);
    const listener = await listen(server, { 'last-event-id': '2' });
    expect(listener.response.statusCode).toBe(410);
    await expect.poll(() => listener.text()).toContain('"error":"Gone"');
  });

  it.each(['abc', '-1', '1.5'])('refuses %s as Last-Event-ID', async (id) => {
    const { server } = await bookWith(10);
    expect((await listen(server, { 'last-event-id': id })).response.statusCode).toBe(400);
  });

  it('asks for a token that may view, and for no parameters', async () => {
    const { server } = await bookWith(0);
    expect((await server.ask('GET', '/api/events', { token: null })).status).toBe(401);
    expect((await server.ask('GET', '/api/events', { token: server.tokenFor(['ALL_ORG_EDIT']) })).status).toBe(403);
    expect((await server.ask('GET', '/api/events?since=1')).status).toBe(400);
  });

  it('refuses another tenant with 403', async () => {
    const { server } = await bookWith(1);
    expect((await server.ask('GET', '/api/events', { headers: { 'tenant-id': otherId } })).status).toBe(403);
  });

  it('tells the window also everything else, in batches, and a token only changes', async () => {
    const { server, announce } = await bookWith(0);
    const window = await listen(server, {}, server.ownerSecret);
    const program = await listen(server);
    server.events.publish({ type: 'settings' });
    server.events.publish({ type: 'drafts' });
    announce(1);
    await expect.poll(() => window.text()).toContain('event: host\nid: 1\ndata: [{"type":"settings"},{"type":"drafts"}]\n\n');
    expect(window.ids()).toEqual([1]);
    await expect.poll(() => program.ids()).toEqual([1]);
    expect(program.text()).not.toContain('settings');
  });

  it('beats, so that a dead connection is noticed', async () => {
    const { server } = await bookWith(0, { deps: { limits: { heartbeat: 20 } } });
    const listener = await listen(server);
    await expect.poll(() => listener.text()).toContain(':\n\n:\n\n');
  });

  it('ends at once when its token is revoked', async () => {
    const { server, announce } = await bookWith(0);
    const token = server.tokens.create({ name: 'doomed', permissions: ['ALL_ORG_VIEW'] }).secret;
    const listener = await listen(server, {}, token);
    server.tokens.revoke('doomed');
    announce(1);
    await expect.poll(() => listener.isClosed()).toBe(true);
    expect(listener.ids()).toEqual([]);
  });

  it('is cut off when its reader is too slow, and the others hear on', async () => {
    const { server } = await bookWith(0, { deps: { limits: { streamBacklogBytes: 64 * 1024 } } });
    const slow = await listen(server);
    slow.response.pause();
    const quick = await listen(server);
    const name = 'x'.repeat(10_000);
    for (let seq = 1; seq <= 2000 && !slow.isClosed(); seq += 1) {
      server.events.publish({ type: 'change', change: { ...change(seq), name } });
      await new Promise((resolve) => setImmediate(resolve));
    }
    slow.response.resume();
    await expect.poll(() => slow.isClosed()).toBe(true);
    server.events.publish({ type: 'change', change: change(5000) });
    await expect.poll(() => quick.ids().at(-1)).toBe(5000);
  });

  it('leaves room for other requests: only so many streams are open at once', async () => {
    const { server } = await bookWith(0, { deps: { limits: { eventStreams: 2 } } });
    await listen(server);
    const second = await listen(server);
    expect((await listen(server)).response.statusCode).toBe(503);
    expect((await listen(server, {}, server.ownerSecret)).response.statusCode).toBe(200);
    second.close();
    await expect.poll(async () => (await listen(server)).response.statusCode).toBe(200);
  });

  it('ends when the server stops', async () => {
    const { server } = await bookWith(0);
    const listener = await listen(server);
    await server.server.close();
    await expect.poll(() => listener.isClosed()).toBe(true);
  });
});
