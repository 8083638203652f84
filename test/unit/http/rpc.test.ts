import { describe, expect, it } from 'vitest';
import type { Context } from '../../../electron/dispatch.ts';
import { AppError } from '../../../shared/errors.ts';
import { contactId, startServer } from './support/server.ts';

const encode = (input: unknown) => Buffer.from(JSON.stringify(input)).toString('base64url');

describe('the operations of the window', () => {
  it('answer in an envelope, with 200 also for a refusal', async () => {
    const { ask, ownerSecret: token, calls } = await startServer({
      handlers: {
        'host.info': () => ({ version: '1' }),
        'undo.undo': () => {
          throw new AppError('notFound', 'There is nothing to undo');
        },
      },
    });
    expect((await ask('POST', '/api/rpc/host.info', { token, body: '{}' })).json()).toEqual({ ok: true, value: { version: '1' } });
    const refused = await ask('POST', '/api/rpc/undo.undo', { token, body: '{}' });
    expect([refused.status, refused.json()]).toEqual([
      200,
      { ok: false, error: { kind: 'notFound', message: 'There is nothing to undo', issues: [] } },
    ]);
    const invalid = await ask('POST', '/api/rpc/contact.page', { token, body: '{"limit":0}' });
    expect(invalid.json()).toMatchObject({ ok: false, error: { kind: 'invalid', issues: [{ field: 'limit' }] } });
    expect(calls.map((call) => call.context.caller)).toEqual([{ kind: 'owner', actor: 'ui' }, { kind: 'owner', actor: 'ui' }]);
  });

  it('are for the window only: no token opens them', async () => {
    const { ask, calls } = await startServer();
    for (const path of ['/api/rpc/host.info', '/api/rpc/import.stage/upload', '/api/rpc/contact.export/download']) {
      expect((await ask('POST', path, { body: '{}' })).status).toBe(403);
      expect((await ask('POST', path, { body: '{}', token: null })).status).toBe(401);
    }
    expect(calls).toEqual([]);
  });

  it('are 404 where there is none, or none of this kind', async () => {
    const { ask, ownerSecret: token } = await startServer();
    for (const path of ['nonsense', '__proto__', 'constructor', 'contact.export', 'contact.page/upload', 'import.stage/download']) {
      expect((await ask('POST', `/api/rpc/${path}`, { token, body: '{}' })).status).toBe(404);
    }
  });

  it('may take more than a mebibyte', async () => {
    const { ask, ownerSecret: token, calls } = await startServer();
    const ids = Array.from({ length: 50_000 }, () => contactId);
    expect((await ask('POST', '/api/rpc/contact.deleteMany', { token, body: JSON.stringify({ ids }) })).status).toBe(200);
    expect(calls[0]?.input['ids']).toHaveLength(50_000);
  });

  it('take a file with their input in a header', async () => {
    let received = '';
    const { ask, ownerSecret: token, calls } = await startServer({
      handlers: {
        'import.stage': async (_input: unknown, { file }: Context) => {
          for await (const chunk of file ?? []) received += Buffer.from(chunk).toString();
          return { id: contactId };
        },
      },
    });
    const answer = await ask('POST', '/api/rpc/import.stage/upload', {
      token,
      body: 'the file',
      headers: { 'content-type': 'application/octet-stream', 'x-input': encode({ name: 'Käufer.csv' }) },
    });
    expect(answer.json()).toEqual({ ok: true, value: { id: contactId } });
    expect([received, calls[0]?.input]).toEqual(['the file', { name: 'Käufer.csv' }]);
  });

  it('take back a whole book, however large, where other files have a limit', async () => {
    const sizes: number[] = [];
    const take = async (_input: unknown, { file }: Context) => {
      let size = 0;
      for await (const chunk of file ?? []) size += chunk.byteLength;
      sizes.push(size);
      return { id: contactId };
    };
    const { ask, ownerSecret: token } = await startServer({
      handlers: { 'import.stage': take, 'profile.restore': take },
      deps: { limits: { uploadBytes: 1000 } },
    });
    const send = async (name: string, input: unknown) => {
      const headers = { 'content-type': 'application/octet-stream', 'x-input': encode(input) };
      return (await ask('POST', `/api/rpc/${name}/upload`, { token, body: Buffer.alloc(1001), headers })).json();
    };
    expect(await send('import.stage', { name: 'a.csv' })).toMatchObject({ ok: false, error: { kind: 'tooLarge' } });
    expect(await send('profile.restore', {})).toMatchObject({ ok: true });
    expect(sizes).toEqual([1001]);
  });

  it('give a file, or an envelope with the reason why not', async () => {
    const { ask, ownerSecret: token } = await startServer({
      handlers: { 'contact.export': () => ({ mediaType: 'text/csv', chunks: ['name\n'] }) },
    });
    const headers = (input: unknown) => ({ 'x-input': encode(input) });
    const file = await ask('POST', '/api/rpc/contact.export/download', { token, headers: headers({ format: 'csv' }) });
    expect([file.text, file.headers['content-disposition']]).toEqual(['name\n', expect.stringContaining('contact.export')]);
    const refused = await ask('POST', '/api/rpc/contact.export/download', { token, headers: headers({ format: 'doc' }) });
    expect([refused.json(), refused.headers['content-disposition']]).toEqual([
      expect.objectContaining({ ok: false }),
      undefined,
    ]);
  });

  it.each(['%%%', encode('x').slice(0, -1) + '!', Buffer.from('{').toString('base64url')])('refuse %s as X-Input', async (input) => {
    const { ask, ownerSecret: token, calls } = await startServer();
    const answer = await ask('POST', '/api/rpc/import.stage/upload', { token, body: 'x', headers: { 'x-input': input } });
    expect(answer.status).toBe(400);
    expect(calls).toEqual([]);
  });
});

describe('the code of a window', () => {
  it('gives the token once', async () => {
    const { ask, ownerSecret } = await startServer();
    const claim = () => ask('POST', '/api/window/claim', { token: null, body: '{"code":"one-time"}' });
    const first = await claim();
    expect([first.status, first.json()]).toEqual([200, { token: ownerSecret }]);
    expect((await claim()).status).toBe(401);
  });

  it.each(['{"code":"guess"}', '{"code":5}', '{}'])('is refused as %s', async (body) => {
    const { ask } = await startServer();
    expect((await ask('POST', '/api/window/claim', { token: null, body })).status).toBe(401);
  });

  it('is not given to a page of another origin', async () => {
    const { ask } = await startServer();
    const headers = { origin: 'https://evil.example' };
    expect((await ask('POST', '/api/window/claim', { token: null, body: '{"code":"one-time"}', headers })).status).toBe(403);
    expect((await ask('POST', '/api/window/claim', { token: null, body: '{"code":"one-time"}' })).status).toBe(200);
  });
});
