import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { claimToken, createHttpBridge } from '../../renderer/host/http-bridge.ts';
import { createHost } from '../../renderer/host/host.ts';
import type { Connection } from '../../shared/bridge.ts';
import type { HostEvent } from '../../shared/events.ts';

interface Asked {
  path: string;
  headers: Headers;
  body: string;
}

/** A server made of one function; what was asked of it is kept. */
function serve(answer: (asked: Asked) => Response): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal('fetch', async (path: string, options: RequestInit) => {
    const body = await new Response(options.body ?? null).text();
    const asked = { path, headers: new Headers(options.headers), body };
    all.push(asked);
    return answer(asked);
  });
  return all;
}

const value = (result: unknown): Response => Response.json({ ok: true, value: result });

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe('a window in a browser', () => {
  test('gets its token once, for a code that then is gone from the address', async () => {
    const address = window.location.href;
    const asked = serve(() => Response.json({ token: 'secret' }));
    window.history.replaceState(null, '', '#code=once');
    expect(await claimToken(window.location, sessionStorage)).toBe('secret');
    expect(window.location.hash).toBe('');
    expect(await claimToken(window.location, sessionStorage)).toBe('secret');
    expect(asked.map(({ path, body }) => [path, body])).toEqual([['/api/window/claim', '{"code":"once"}']]);
    window.history.replaceState(null, '', address);
  });

  test('says what it needs when it was given no code', async () => {
    await expect(claimToken(window.location, sessionStorage)).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  test('calls operations with its token in a header, never in the address', async () => {
    const asked = serve(() => value({ undo: null, redo: null }));
    const host = createHost(createHttpBridge('secret'));
    expect(await host.call('undo.peek', {})).toEqual({ undo: null, redo: null });
    expect(asked[0]?.path).toBe('/api/rpc/undo.peek');
    expect(asked[0]?.headers.get('Authorization')).toBe('Bearer secret');
  });

  test('throws what the host refuses, with the fields', async () => {
    const issues = [{ field: 'name', message: 'name should not be empty' }];
    serve(() => Response.json({ ok: false, error: { kind: 'invalid', message: issues[0]?.message, issues } }));
    const host = createHost(createHttpBridge('secret'));
    await expect(host.call('contact.create', { name: '' })).rejects.toMatchObject({ kind: 'invalid', issues });
  });

  test('knows whether the host answers at all', async () => {
    const heard: Connection[] = [];
    const host = createHost(createHttpBridge('secret'), (connection) => heard.push(connection));
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(host.call('undo.peek', {})).rejects.toMatchObject({ kind: 'unavailable' });
    serve(() => value({ undo: null, redo: null }));
    await host.call('undo.peek', {});
    serve(() => Response.json({ ok: false, error: { kind: 'unavailable', message: 'Port 4791 is used', issues: [] } }));
    await expect(host.call('settings.update', { apiPort: 4791 })).rejects.toMatchObject({ kind: 'unavailable' });
    expect(heard).toEqual(['lost', 'open', 'open']);
  });

  test('sends a file whole, with an input of any script, and tells how far it is', async () => {
    const asked = serve(() => value({}));
    const sent: number[] = [];
    const content = 'Ännchen,漢字\n'.repeat(200_000);
    const file = new Blob([content]);
    await createHost(createHttpBridge('secret')).upload('import.stage', { name: '名簿.csv' }, file, (bytes) => sent.push(bytes));
    expect(asked[0]?.body).toBe(content);
    const input = asked[0]?.headers.get('X-Input') ?? '';
    const bytes = Uint8Array.from(atob(input.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual({ name: '名簿.csv' });
    expect(sent).toEqual([...sent].toSorted((a, b) => a - b));
    expect(sent.at(-1)).toBe(file.size);
  });

  test('hears announcements, and reads everything anew after the stream broke', async () => {
    serve(({ path }) => new Response(path === '/api/events' ? 'event: host\nid: 1\ndata: [{"type":"lists"}]\n\n' : ''));
    const heard: HostEvent[] = [];
    const stop = createHost(createHttpBridge('secret')).subscribe((events) => heard.push(...events));
    await expect.poll(() => heard.slice(0, 2), { timeout: 30_000 }).toEqual([{ type: 'lists' }, { type: 'bulk' }]);
    stop();
  });

  test('notices without being asked that the host has gone, and that a new one does not know it', async () => {
    const heard: Connection[] = [];
    let alive = true;
    vi.stubGlobal('fetch', async (_path: string, { headers }: { headers: Record<string, string> }) => {
      if (!alive) throw new TypeError('Failed to fetch');
      return headers['Authorization'] === 'Bearer new' ? new Response('') : new Response('', { status: 401 });
    });
    const bridge = createHttpBridge('new');
    const events: HostEvent[] = [];
    const stop = createHost(bridge, (connection) => {
      if (heard.at(-1) !== connection) heard.push(connection);
    }).subscribe((news) => events.push(...news));
    await expect.poll(() => heard).toEqual(['open']);
    alive = false;
    await expect.poll(() => heard, { timeout: 30_000 }).toEqual(['open', 'lost']);
    alive = true;
    bridge.renew('old');
    await expect.poll(() => heard).toEqual(['open', 'lost', 'ended']);
    events.length = 0;
    bridge.renew('new');
    await expect.poll(() => heard).toEqual(['open', 'lost', 'ended', 'open']);
    expect(events).toEqual([{ type: 'bulk' }]);
    stop();
  });
});
