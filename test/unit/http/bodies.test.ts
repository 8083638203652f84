import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../electron/http/json-body.ts';
import { startServer } from './support/server.ts';

const contacts = '/api/organization-contact';
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('a JSON body', () => {
  it.each<[string, number, string | Uint8Array, Record<string, string>]>([
    ['text/plain', 415, '{"name":"Ann"}', { 'content-type': 'text/plain' }],
    ['a form', 415, 'name=Ann', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no type at all', 415, '{"name":"Ann"}', { 'content-type': '' }],
    ['a type that only looks like JSON', 415, '{"name":"Ann"}', { 'content-type': 'application/json-patch+json' }],
    ['UTF-16', 415, '{"name":"Ann"}', { 'content-type': 'application/json; charset=utf-16' }],
    ['a compressed body', 415, '{"name":"Ann"}', { 'content-encoding': 'gzip' }],
    ['broken UTF-8', 400, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), {}],
    ['a byte order mark', 400, '\ufeff{"name":"Ann"}', {}],
    ['broken JSON', 400, '{"name":', {}],
    ['an array', 400, '[{"name":"Ann"}]', {}],
    ['null', 400, 'null', {}],
    ['text', 400, '"name"', {}],
    ['__proto__', 400, '{"name":"Ann","__proto__":{"isAdmin":true}}', {}],
    ['__proto__ in escapes, deep inside', 400, '{"name":"Ann","extra":[{"\\u005f_proto__":1}]}', {}],
    ['constructor.prototype', 400, '{"name":"Ann","constructor":{"prototype":{"a":1}}}', {}],
    ['33 levels', 400, `{"name":"Ann","extra":{"a":${nested(31)}}}`, {}],
    ['100 kB of brackets', 400, '['.repeat(100_000), {}],
    ['more than 1 MiB', 413, `{"name":"${'a'.repeat(1024 * 1024)}"}`, {}],
  ])('with %s is refused with %i, and nothing is done', async (_title, status, body, headers) => {
    const { ask, calls } = await startServer();
    const answer = await ask('POST', contacts, { body, headers });
    expect(answer.status).toBe(status);
    expect(answer.json()).toEqual({ statusCode: status, message: expect.any(String), error: expect.any(String) });
    expect(calls).toEqual([]);
  });

  it.each<[string, string, Record<string, string>]>([
    ['a charset in capitals', '{"name":"Ann"}', { 'content-type': 'Application/JSON; charset="UTF-8"' }],
    ['32 levels', `{"name":"Ann","extra":{"a":${nested(30)}}}`, {}],
    ['brackets in text', `{"name":"${'['.repeat(100)}\\"[${'{'.repeat(100)}"}`, {}],
    ['__proto__ as a value', '{"name":"__proto__","notes":"constructor.prototype"}', {}],
    ['a key constructor without a prototype', '{"name":"Ann","constructor":"Smith & Sons"}', {}],
    ['almost 1 MiB', `{"name":"${'a'.repeat(1024 * 1024 - 11)}"}`, {}],
  ])('with %s is accepted', async (_title, body, headers) => {
    const { ask } = await startServer();
    expect((await ask('POST', contacts, { body, headers })).status).toBe(201);
  });

  it('with a key twice counts the last', async () => {
    const { ask, calls } = await startServer();
    await ask('POST', contacts, { body: '{"name":"Ann","name":"Ben"}' });
    expect(calls[0]?.input).toEqual({ name: 'Ben' });
  });

  it('may be missing where nothing has to be said, and tolerated on DELETE', async () => {
    const { ask } = await startServer();
    const id = '33333333-3333-4333-8333-333333333333';
    expect((await ask('PUT', `${contacts}/${id}/recover`)).status).toBe(202);
    expect((await ask('PUT', `${contacts}/${id}/recover`, { headers: { 'content-type': 'application/json' } })).status).toBe(202);
    expect((await ask('DELETE', `${contacts}/${id}`, { body: '{}' })).status).toBe(202);
    expect((await ask('POST', contacts)).json()['message']).toContainEqual(expect.stringContaining('name'));
  });

  it('that the client holds back until it is wanted is asked for, and only with a good token', async () => {
    const { port, all, calls } = await startServer();
    const body = '{"name":"Ann"}';
    const converse = (token: string) =>
      new Promise<string>((resolve) => {
        let received = '';
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(
            `POST ${contacts} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n` +
              `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
          );
        });
        socket.on('data', (chunk) => {
          received += chunk.toString();
          if (received === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write(body);
        });
        socket.on('close', () => resolve(received));
      });
    expect(await converse('wrong')).toMatch(/^HTTP\/1.1 401 /);
    expect(calls).toEqual([]);
    expect(await converse(all)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 201 /);
    expect(calls[0]?.input).toEqual({ name: 'Ann' });
  });

  it('that is malformed between its chunks is refused in the shape of every error', async () => {
    const { port, all, sendRaw, calls } = await startServer();
    const answer = await sendRaw(
      `POST ${contacts} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${all}\r\n` +
        'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toMatch(/{"statusCode":400,"message":"The request is not valid HTTP","error":"Bad Request"}$/);
    expect(calls).toEqual([]);
  });

  it('sent in chunks without a length is limited as well', async () => {
    const { port, all, calls } = await startServer();
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST ${contacts} HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${all}\r\n` +
        'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
    for (let count = 0; count < 20; count += 1) socket.write(chunk);
    const [first] = (await new Promise((resolve) => socket.once('data', (data) => resolve([String(data)])))) as [string];
    expect(first).toMatch(/^HTTP\/1.1 413 /);
    expect(calls).toEqual([]);
    socket.destroy();
  });

  it('that does not arrive in time is refused with 408', async () => {
    const { sendRaw, port, all, calls } = await startServer({ deps: { limits: { requestTimeout: 50, lingerTimeout: 50 } } });
    const answer = await sendRaw(
      `POST ${contacts} HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${all}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name"',
    );
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(answer).toContain('"error":"Request Timeout"');
    expect(calls).toEqual([]);
  });

  it('that never ends is cut off soon after it was refused', async () => {
    const { port, all } = await startServer({ deps: { limits: { lingerTimeout: 50 } } });
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.write(
      `POST ${contacts} HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${all}\r\n` +
        'Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const trickle = setInterval(() => socket.write('1\r\na\r\n'), 10);
    await expect.poll(() => socket.destroyed, { timeout: 20_000 }).toBe(true);
    clearInterval(trickle);
  });

  it('is not even read without the permission', async () => {
    const { ask, tokenFor } = await startServer();
    const answer = await ask('POST', contacts, { token: tokenFor(['ALL_ORG_VIEW']), body: '{"name":' });
    expect(answer.status).toBe(403);
  });

  it('is not even read without a token', async () => {
    const { sendRaw, port } = await startServer({ deps: { limits: { lingerTimeout: 50 } } });
    const answer = await sendRaw(
      `POST ${contacts} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
  });

  it('of any JSON value comes out as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('of any bytes is read or refused, never worse', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          parseJson(Buffer.from(bytes));
        } catch (error) {
          expect(error).toMatchObject({ kind: 'invalid' });
        }
      }),
    );
  });
});
