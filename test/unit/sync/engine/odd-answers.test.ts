import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApi } from '../../../../electron/sync/engine/api.ts';
import type { Engine } from '../../../../electron/sync/engine/engine.ts';
import { fetchPictures } from '../../../../electron/sync/engine/pictures.ts';
import { createTransport } from '../../../../electron/sync/engine/transport.ts';
import type { ReadRow } from '../../../../electron/sync/wire/decode.ts';
import { createOffice, isWrite, openLaptop, type Laptop } from './support.ts';

const hours = 3_600_000;
let office: ReturnType<typeof createOffice>;
let laptop: Laptop;
beforeEach(async () => {
  office = createOffice();
  laptop = await openLaptop({ office });
  await laptop.settle();
});
afterEach(() => laptop.close());

/** Answers so for ever, and ends a cycle that asks for ever. */
async function cycleWith(path: string, answer: { status: number; body?: null }): Promise<{ asked: number; outcome: string }> {
  let asked = 0;
  const stop = new AbortController();
  office.remote.faults.add({
    match: (request) => {
      if (!request.path.includes(path)) return false;
      asked += 1;
      if (asked > 50) stop.abort();
      return true;
    },
    times: Number.POSITIVE_INFINITY,
    do: answer,
  });
  const { outcome } = await laptop.cycle(false, stop.signal);
  return { asked, outcome };
}

test('a sign-in that is renewed with nothing ends the cycle soon', async () => {
  office.clock.pass(25 * hours);
  const { asked, outcome } = await cycleWith('refresh-token', { status: 200, body: null });
  expect(asked).toBeLessThan(10);
  expect(outcome).not.toBe('done');
});

test('a server that says "not modified" though it was not asked so ends the cycle soon', async () => {
  laptop.sync.unlink();
  laptop.close();
  laptop = await openLaptop({ office });
  const { asked, outcome } = await cycleWith('pagination', { status: 304 });
  expect(asked).toBeLessThan(10);
  expect(outcome).not.toBe('done');
});

test.each([false, true])('a contact that is restored after its deletion arrived unanswered is there again (edited: %s)', async (isEdited) => {
  const { id } = laptop.create('Acme');
  await laptop.settle();
  office.clock.pass(hours);
  await laptop.settle();
  laptop.remove(id);
  office.remote.faults.add({ match: isWrite, at: 'after', do: 'drop' });
  await laptop.cycle(true);
  laptop.restore(id);
  if (isEdited) laptop.edit(id, { scalars: { notes: 'still wanted' } });
  await laptop.settle();
  await laptop.settle();
  expect(laptop.names()).toEqual(['Acme']);
  expect(office.remote.web.get(id)).toMatchObject({ deletedAt: null, notes: isEdited ? 'still wanted' : null });
  expect(laptop.sync.counts()).toMatchObject({ waiting: 0, conflicts: 0 });
});

test('what was typed while the clock was a year ahead is sent when it is right again', async () => {
  office.clock.pass(400 * 24 * hours);
  const { id } = laptop.create('Acme');
  office.clock.pass(-400 * 24 * hours);
  await laptop.cycle();
  expect(office.remote.web.get(id)?.name).toBe('Acme');
});

test('each of several contacts made here that look like one there waits for an answer', async () => {
  for (const name of ['A', 'B']) laptop.create(name, { scalars: { primaryEmail: 'a@example.com' } });
  office.remote.web.create({ name: 'C', primaryEmail: 'a@example.com' });
  await laptop.settle();
  expect(laptop.sync.conflicts().items.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual(['possibleDuplicate A', 'possibleDuplicate B']);
  expect(office.remote.rows()).toHaveLength(1);
});

test('pictures that are pages use up no connections', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('x'.repeat(100_000));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = createTransport(origin, { connectMs: 1000 });
  const { signal } = new AbortController();
  const world = { now: () => new Date(), random: () => 0.5, sleep: () => Promise.resolve() };
  const tokens = { load: () => Promise.resolve({ access: 'a', refresh: null }), save: () => Promise.resolve() };
  const api = createApi({ transport, tokens, world, tenantId: '', signal });
  const book = { missingImages: (ids: string[]) => Promise.resolve(ids) };
  const rows = Array.from({ length: 8 }, (_, at) => ({ row: { snapshot: { values: { imageId: `i${at}` } } }, pictureUrl: `/p${at}` }));
  const engine = { book, api, world, origin, signal, unreachable: new Set<string>() } as unknown as Engine;
  expect((await fetchPictures(engine, rows as unknown as ReadRow[])).size).toBe(8);
  expect(await transport({ method: 'GET', path: '/', headers: {}, body: null, signal })).toMatchObject({ status: 200 });
  transport.close();
  server.closeAllConnections();
  server.close();
});
