import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFakeRemote } from '../../fake-remote/remote.ts';
import { openFake, signIn, withData, type Entity } from './server-under-test.ts';

const contacts = '/api/organization-contact';

describe('the web user', () => {
  test('creates, edits, tags, renames and deletes past the record of requests', () => {
    const { web, requests, rows } = createFakeRemote();
    const tag = web.createTag('old name');
    const { id } = web.create({ name: 'Made by hand', contact: { city: 'Oslo' }, tags: [tag] });
    web.renameTag(tag, 'new name');
    const before = web.get(id);
    const after = web.edit(id, { notes: 'edited', contact: { country: 'NO' }, projects: [web.createProject('Fair')] });
    expect(before).toMatchObject({
      notes: null,
      tags: [{ name: 'new name' }],
      contact: { city: 'Oslo', country: null },
    });
    expect(after).toMatchObject({
      notes: 'edited',
      contact: { city: 'Oslo', country: 'NO' },
      projects: [{ name: 'Fair' }],
    });
    web.delete(id, 'soft');
    expect([web.list().length, rows().length]).toEqual([0, 1]);
    web.undelete(id);
    expect(web.list()).toHaveLength(1);
    web.delete(id, 'hard');
    expect([rows(), requests]).toEqual([[], []]);
  });

  test('commits with a stamp of the past', () => {
    const { web } = createFakeRemote();
    const { id } = web.create({ name: 'Late' });
    expect(web.edit(id, { name: 'Later', updatedAt: '2020-01-01T00:00:00.000Z' }).updatedAt).toBe(
      '2020-01-01T00:00:00.000Z',
    );
  });

  test('calls the API as the web client does, which loses an address with its members edit', () => {
    const { directory, web, requests } = createFakeRemote();
    const { id } = web.create({ name: 'Address', contact: { city: 'Oslo' } });
    const body = { name: 'Address', organizationId: directory.organizationId, members: [], contactType: 'CLIENT' };
    expect(web.request('PUT', `${contacts}/${id}`, body).status).toBe(202);
    expect(web.get(id)?.contact?.city).toBeNull();
    expect(requests).toEqual([]);
  });
});

describe('a backup', () => {
  test('puts the server back, and later writes do not reach into it', () => {
    const { web, snapshot, restore } = createFakeRemote();
    const { id } = web.create({ name: 'Before' });
    const backup = snapshot();
    for (const _ of [1, 2]) {
      web.edit(id, { name: 'After' });
      web.create({ name: 'New' });
      restore(backup);
      expect(web.list().map(({ name }) => name)).toEqual(['Before']);
    }
  });
});

describe('seeded rows', () => {
  test('are the same for the same seed, other ones for another', () => {
    const made = (seed: number) => {
      const remote = createFakeRemote({ seed, clock: () => Date.UTC(2026, 5, 1) });
      remote.seed(60);
      return remote.rows();
    };
    expect(made(1)).toEqual(made(1));
    expect(made(1)[0]?.id).not.toBe(made(2)[0]?.id);
  });

  test('share stamps across the borders of pages, and have tags, members and addresses', () => {
    const remote = createFakeRemote();
    remote.seed(200);
    const rows = remote.rows();
    expect(new Set(rows.map(({ updatedAt }) => updatedAt)).size).toBe(8);
    for (const part of ['tags', 'members'] as const) expect(rows.some((row) => row[part].length > 0)).toBe(true);
    expect(rows.some(({ contact }) => contact?.city === 'Lyon')).toBe(true);
  });
});

describe('many rows', () => {
  test('come whole, in pages and at once', async () => {
    const { remote, session, close } = await openFake();
    remote.seed(1200);
    const ids = new Set<string>();
    for (let skip = 1; skip <= 12; skip += 1) {
      const { body } = await session.page(`take=100&skip=${skip}&order[updatedAt]=DESC&relations[0]=contact`);
      expect(body.total).toBe(1200);
      for (const { id } of body.items) ids.add(id);
    }
    expect(ids.size).toBe(1200);
    const list = await session.call('GET', `${contacts}?${withData({ relations: ['tags'], findInput: {} })}`);
    expect([list.body.items.length, list.body.total]).toEqual([1200, 1200]);
    expect(list.headers['content-length']).toBe(String(Buffer.byteLength(list.text)));
    await close();
  });

  test('are sorted anew after a write', async () => {
    const { remote, session, close } = await openFake();
    remote.seed(30);
    const first = async (): Promise<Entity | undefined> =>
      (await session.page('take=1&order[updatedAt]=DESC')).body.items[0];
    await first();
    const { id } = remote.web.create({ name: 'Newest' });
    expect((await first())?.id).toBe(id);
    remote.web.delete(id, 'hard');
    expect((await first())?.id).not.toBe(id);
    await close();
  });
});

test('as a process it says where it is and whom to sign in as', async () => {
  const main = join(import.meta.dirname, '../../fake-remote/main.ts');
  const child = spawn(process.execPath, [main, '--contacts', '30'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const ready = JSON.parse(chunk.toString().replace('ready ', '')) as Record<'url' | 'email' | 'password', string>;
  const session = await signIn(ready.url, ready.email, ready.password);
  expect((await session.page('take=1')).body.total).toBe(30);
  child.kill();
  await once(child, 'exit');
});
