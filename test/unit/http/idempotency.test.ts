import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../electron/dispatch.ts';
import { createIdempotencyStore } from '../../../electron/http/idempotency-store.ts';
import { AppError } from '../../../shared/errors.ts';
import { startServer, type ServerOptions } from './support/server.ts';

const contacts = '/api/organization-contact';

function counting(options: ServerOptions = {}) {
  let made = 0;
  const handlers = {
    'contact.create': (input: { id?: string; name: string }) => ({ id: input.id, name: input.name, rev: (made += 1) }),
    'tag.create': (input: { name: string }) => ({ id: `tag ${(made += 1)}`, name: input.name }),
    ...options.handlers,
  };
  return startServer({ ...options, handlers });
}

const keyed = (key: string, body = '{"name":"Ann"}') => ({ body, headers: { 'idempotency-key': key } });

describe('a POST with an Idempotency-Key', () => {
  it('is done once, however often it is sent, and answered alike', async () => {
    const { ask, calls } = await counting();
    const first = await ask('POST', contacts, keyed('a'));
    const again = await ask('POST', contacts, keyed('a'));
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect(again.headers.etag).toBe('"1"');
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    expect(calls).toHaveLength(1);
  });

  it('is refused with 422 for another body or another route', async () => {
    const { ask, calls } = await counting();
    await ask('POST', contacts, keyed('a'));
    expect((await ask('POST', contacts, keyed('a', '{"name":"Ben"}'))).status).toBe(422);
    expect((await ask('POST', '/api/tags', keyed('a'))).status).toBe(422);
    expect(calls).toHaveLength(1);
  });

  it('does not meet the keys of other tokens', async () => {
    const { ask, calls, tokenFor } = await counting();
    await ask('POST', contacts, keyed('a'));
    const other = await ask('POST', contacts, { ...keyed('a', '{"name":"Ben"}'), token: tokenFor(['ALL_ORG_EDIT']) });
    expect(other.status).toBe(201);
    expect(calls).toHaveLength(2);
  });

  it('is refused with 409 while the first is still running', async () => {
    let finish = (_value: unknown): void => undefined;
    const { ask, calls } = await counting({
      handlers: { 'contact.create': () => new Promise((resolve) => (finish = resolve)) },
    });
    const first = ask('POST', contacts, keyed('a'));
    await expect.poll(() => calls.length).toBe(1);
    expect((await ask('POST', contacts, keyed('a'))).status).toBe(409);
    finish({ rev: 1 });
    expect((await first).status).toBe(201);
    expect((await ask('POST', contacts, keyed('a'))).headers['idempotent-replayed']).toBe('true');
  });

  it('gets the same refusal again, but may be tried again after an error of the server', async () => {
    const errors: unknown[] = [new Error('disk'), new AppError('conflict', 'in the trash')];
    const { ask, calls } = await counting({
      handlers: {
        'contact.create': () => {
          throw errors.shift();
        },
      },
    });
    expect((await ask('POST', contacts, keyed('a'))).status).toBe(500);
    expect((await ask('POST', contacts, keyed('a'))).status).toBe(409);
    const third = await ask('POST', contacts, keyed('a'));
    expect([third.status, third.json()['message'], third.headers['idempotent-replayed']]).toEqual([409, 'in the trash', 'true']);
    expect(calls).toHaveLength(2);
  });

  it('is forgotten after 24 hours', async () => {
    const { ask, calls, time } = await counting();
    await ask('POST', contacts, keyed('a'));
    time.now += 24 * 60 * 60 * 1000 - 1;
    await ask('POST', contacts, keyed('a'));
    expect(calls).toHaveLength(1);
    time.now += 1;
    await ask('POST', contacts, keyed('a'));
    expect(calls).toHaveLength(2);
  });

  it('creates something new when the key is used again after 24 hours, and leaves alone what it made the first time', async () => {
    const { ask, calls, time } = await counting();
    await ask('POST', contacts, keyed('a'));
    time.now += 24 * 60 * 60 * 1000;
    await ask('POST', contacts, keyed('a'));
    const [first, second] = calls.map((call) => call.input['id']);
    expect(first).toEqual(expect.any(String));
    expect(second).not.toBe(first);
  });

  it('that the server failed at is repeated with the same id, so that what it may have made is found', async () => {
    let failures = 1;
    const { ask, calls } = await counting({
      handlers: {
        'contact.create': ({ id }: { id: string }) => {
          if (failures-- > 0) throw new Error('after the commit');
          return { id, rev: 1 };
        },
      },
    });
    expect((await ask('POST', contacts, keyed('a'))).status).toBe(500);
    expect((await ask('POST', contacts, keyed('a'))).status).toBe(201);
    await ask('POST', contacts, keyed('b'));
    const [first, second, other] = calls.map((call) => call.input['id']);
    expect([second === first, other === first]).toEqual([true, false]);
  });

  it('keeps an id of the caller', async () => {
    const { ask, calls } = await counting();
    const id = '44444444-4444-4444-8444-444444444444';
    await ask('POST', contacts, keyed('a', JSON.stringify({ name: 'Ann', id })));
    expect(calls[0]?.input['id']).toBe(id);
  });

  it.each(['', ' ', 'a b', 'ä', 'a'.repeat(256)])('is refused with the key %j', async (key) => {
    const { ask, calls } = await counting();
    expect((await ask('POST', contacts, keyed(Buffer.from(key).toString('latin1')))).status).toBe(400);
    expect(calls).toEqual([]);
  });
});

describe('a file with an Idempotency-Key', () => {
  const csv = { 'content-type': 'text/csv', 'idempotency-key': 'a' };
  const form = (boundary: string) => ({
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'idempotency-key': 'form' },
    body: `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nname\nAnn\n\r\n--${boundary}--\r\n`,
  });

  async function importing() {
    const taken: string[] = [];
    const server = await counting({
      handlers: {
        'import.start': async (_input: never, { file }: Context) => {
          let text = '';
          for await (const piece of file ?? []) text += Buffer.from(piece).toString();
          if (text === '') throw new AppError('invalid', 'file is empty');
          return { id: `import ${taken.push(text)}` };
        },
      },
    });
    const send = (body: string, headers: Record<string, string> = csv) => server.ask('POST', '/api/imports', { headers, body });
    return { send, taken };
  }

  it('is imported once, also as a form with another boundary, and answered alike', async () => {
    const { send, taken } = await importing();
    const first = await send('name\nAnn\n');
    const again = await send('name\nAnn\n');
    expect([first.status, again.status, again.text]).toEqual([202, 202, first.text]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    for (const boundary of ['one', 'two']) {
      const { headers, body } = form(boundary);
      expect((await send(body, headers)).json()).toEqual({ id: 'import 2' });
    }
    expect(taken).toHaveLength(2);
  });

  it('is refused with 422 when it is another file, and nothing of it is imported', async () => {
    const { send, taken } = await importing();
    await send('name\nAnn\n');
    expect((await send('name\nBen\n')).status).toBe(422);
    expect(taken).toHaveLength(1);
  });

  it('that was refused before it was read does not use the key up', async () => {
    const { send, taken } = await importing();
    expect((await send('name\nAnn\n', { ...csv, 'content-type': 'text/html' })).status).toBe(415);
    expect((await send('name\nAnn\n')).status).toBe(202);
    expect(taken).toHaveLength(1);
  });
});

describe('work that a crash cut off', () => {
  /** The store of a program, and that of the program which is started after a crash of the first. */
  async function beforeAndAfter() {
    const { store, time } = await startServer();
    const program = () => createIdempotencyStore({ store, clock: () => new Date(time.now), newId: randomUUID });
    return { before: program(), after: program(), time };
  }

  it('is not done a second time without an id of its own: the repetition is told to look', async () => {
    const { before, after } = await beforeAndAfter();
    expect(before.begin('key', 'hash', false)).toHaveProperty('newId');
    expect(() => after.begin('key', 'hash', false)).toThrow(/cut off/);
    expect(() => after.begin('key', 'other', false)).toThrow(/another request/);
  });

  it('gets the same id when it is repeated, so that it finds what it made', async () => {
    const { before, after, time } = await beforeAndAfter();
    const begun = before.begin('key', 'hash', true);
    expect(begun).toEqual({ newId: expect.any(String) as string });
    expect(after.begin('key', 'hash', true)).toEqual(begun);
    after.abandon('key');
    time.now += 24 * 60 * 60 * 1000;
    expect(after.begin('key', 'hash', true)).not.toEqual(begun);
  });
});
