import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOffice, isWrite, openLaptop, type Laptop } from './support.ts';

let office: ReturnType<typeof createOffice>;
let laptop: Laptop;

beforeEach(async () => {
  office = createOffice();
  laptop = await openLaptop({ office });
});

afterEach(() => laptop.close());

describe('between this book and the server', () => {
  test('contacts of the server come here, with their addresses, tags, members and projects', async () => {
    office.remote.seed(250);
    const result = await laptop.settle();
    expect(result).toMatchObject({ pulled: 250, pushed: 0, writes: 0 });
    const rows = office.remote.rows();
    expect(laptop.names()).toEqual(rows.map(({ name }) => name).sort());
    const full = rows.find(({ contact, tags, members }) => contact?.city && tags.length > 0 && members.length > 0);
    if (!full) throw new Error('no such contact was made');
    const here = await laptop.call('contact.get', { id: full.id, data: JSON.stringify({ relations: ['tags', 'members', 'members.user', 'contact'] }) });
    expect(here.contact?.city).toBe(full.contact?.city);
    expect(here.tags?.map(({ name }) => name).sort()).toEqual(full.tags.map(({ name }) => name).sort());
    expect(here.members?.map(({ fullName }) => fullName)).toEqual(full.members.map(({ fullName }) => fullName));
  });

  test('a contact made here arrives there whole, under its own id', async () => {
    const { id } = laptop.create('Acme', {
      scalars: { primaryEmail: 'info@acme.example', budget: 12, budgetType: 'HOURS', notes: 'Hello' },
      address: { city: 'Berlin', website: 'https://acme.example' },
    });
    expect(await laptop.settle()).toMatchObject({ pushed: 1 });
    expect(office.remote.web.get(id)).toMatchObject({
      name: 'Acme', primaryEmail: 'info@acme.example', budget: 12, budgetType: 'hours', notes: 'Hello',
      contact: { city: 'Berlin', website: 'https://acme.example' },
    });
  });

  test('an edit changes its own fields there and leaves those of others, the address above all', async () => {
    const { id } = laptop.create('Acme', { address: { city: 'Berlin', postcode: '10115' } });
    await laptop.settle();
    office.remote.web.edit(id, { notes: 'theirs', contact: { country: 'DE' } });
    laptop.edit(id, { scalars: { primaryPhone: '030 1' }, address: { city: 'Bonn' } });
    await laptop.settle();
    expect(office.remote.web.get(id)).toMatchObject({
      notes: 'theirs', primaryPhone: '030 1', contact: { city: 'Bonn', postcode: '10115', country: 'DE' },
    });
    expect(laptop.contact(id)).toMatchObject({ notes: 'theirs', primaryPhone: '030 1', country: 'DE' });
    expect(laptop.sync.counts().conflicts).toBe(0);
  });

  test('an edit alone keeps the address of the server, also what this book has no field for', async () => {
    const there = office.remote.web.create({ name: 'Acme', contact: { city: 'Berlin', name: 'Main entrance' } });
    await laptop.settle();
    laptop.edit(there.id, { scalars: { notes: 'mine' } });
    await laptop.settle();
    expect(office.remote.web.get(there.id)).toMatchObject({ notes: 'mine', contact: { id: there.contact?.id, city: 'Berlin', name: 'Main entrance' } });
  });

  test('a deletion goes to the trash of the other side, and what is restored is there again', async () => {
    const { id } = laptop.create('Acme', { address: { city: 'Berlin' } });
    await laptop.settle();
    laptop.remove(id);
    expect(await laptop.settle()).toMatchObject({ deleted: 1 });
    expect(office.remote.rows()[0]).toMatchObject({ id, deletedAt: expect.any(String) });
    laptop.restore(id);
    await laptop.settle();
    expect(office.remote.web.get(id)).toMatchObject({ deletedAt: null, contact: { city: 'Berlin' } });
    office.clock.pass(3_600_000);
    office.remote.web.delete(id, 'soft');
    await laptop.settle();
    expect(laptop.contact(id).deletedAt).not.toBeNull();
  });

  test('a server without a trash of its own deletes for good', async () => {
    const bare = createOffice({ softDelete: false });
    const other = await openLaptop({ office: bare });
    const { id } = other.create('Acme');
    await other.settle();
    other.remove(id);
    await other.settle();
    expect(bare.remote.rows()).toEqual([]);
    expect(other.sync.counts().waiting).toBe(0);
    other.close();
  });

  test('two laptops that edit different things of one contact end up alike', async () => {
    const other = await openLaptop({ office });
    const { id } = laptop.create('Acme');
    await laptop.settle();
    await other.settle();
    laptop.edit(id, { scalars: { notes: 'from one' } });
    other.edit(id, { scalars: { primaryPhone: '1' }, address: { city: 'Rome' } });
    await laptop.settle();
    await other.settle();
    await laptop.settle();
    for (const one of [laptop, other]) expect(one.contact(id)).toMatchObject({ notes: 'from one', primaryPhone: '1', city: 'Rome' });
    other.close();
  });

  test('a cycle with nothing to do makes at most three requests and writes nothing', async () => {
    office.remote.seed(250);
    laptop.create('Acme');
    await laptop.settle();
    await laptop.settle();
    for (const full of [true, false]) {
      office.remote.requests.length = 0;
      office.clock.pass(60_000);
      const result = await laptop.cycle(full);
      expect(result).toMatchObject({ outcome: 'done', writes: 0, pulled: 0, pushed: 0 });
      expect(result.requests).toBe(office.remote.requests.length);
      expect(result.requests).toBeLessThanOrEqual(full ? 3 : 1);
    }
  });

  test('a hundred edits take at most three requests each and three more', async () => {
    office.remote.seed(120);
    await laptop.settle();
    const ids = office.remote.rows().slice(0, 100).map(({ id }) => id);
    for (const id of ids) laptop.edit(id, { scalars: { notes: `note on ${id}` }, address: { city: 'Oslo' } });
    const result = await laptop.settle();
    expect(result).toMatchObject({ pushed: 100, writes: 100 });
    expect(result.requests).toBeLessThanOrEqual(303);
    expect(office.remote.requests.filter(isWrite)).toHaveLength(100);
  });

  test('what is as the server has it already is not written again', async () => {
    const { id } = laptop.create('Acme');
    await laptop.settle();
    laptop.edit(id, { scalars: { notes: 'the same' } });
    office.remote.web.edit(id, { notes: 'the same' });
    expect(await laptop.settle()).toMatchObject({ writes: 0 });
    expect(laptop.sync.counts()).toMatchObject({ waiting: 0, conflicts: 0 });
  });

  test('what is known of the first pull survives an interruption: it goes on, and ends complete', async () => {
    office.remote.seed(1230);
    const stop = office.remote.faults.add({ match: ({ path }) => path.includes('skip=8&'), times: 3, do: 'drop' });
    expect(await laptop.cycle()).toMatchObject({ outcome: 'offline', pulled: 700 });
    stop();
    expect((await laptop.sync.account()).progress.firstPull).toMatchObject({ page: 5 });
    office.remote.requests.length = 0;
    expect(await laptop.settle()).toMatchObject({ pulled: 530 });
    expect(laptop.names()).toHaveLength(1230);
    expect(office.remote.requests.some(({ path }) => path.includes('skip=2&') && path.includes('createdAt'))).toBe(false);
  });
});
