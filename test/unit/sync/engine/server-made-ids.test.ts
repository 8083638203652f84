import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOffice, isWrite, openLaptop, type Laptop } from './support.ts';

let office: ReturnType<typeof createOffice>;
let laptop: Laptop;
const minute = 60_000;

beforeEach(async () => {
  office = createOffice({ clientIds: false });
  laptop = await openLaptop({ office });
});

afterEach(() => laptop.close());

const there = () => office.remote.rows().map(({ name }) => name).sort();

describe('a server that makes the ids itself', () => {
  test('gets each contact once, and later edits find it', async () => {
    const { id } = laptop.create('Acme');
    laptop.create('Bcme');
    await laptop.settle();
    expect(there()).toEqual(['Acme', 'Bcme']);
    expect(office.remote.web.get(id)).toBeUndefined();
    laptop.edit(id, { scalars: { notes: 'edited' } });
    await laptop.settle();
    await laptop.settle();
    expect(office.remote.rows().find(({ name }) => name === 'Acme')?.notes).toBe('edited');
    expect(laptop.names()).toEqual(['Acme', 'Bcme']);
    expect((await laptop.sync.account()).dialect.clientIds).toBe(false);
  });

  test.each(['the first contact of all', 'a later one'])('a lost answer is found again and not repeated: %s', async (which) => {
    if (which === 'a later one') {
      laptop.create('Zero');
      await laptop.settle();
    }
    const { id } = laptop.create('Acme', { scalars: { notes: 'mine' } });
    office.remote.faults.add({ match: isWrite, at: 'after', do: 'drop' });
    await laptop.cycle(true);
    office.clock.pass(minute);
    laptop.edit(id, { scalars: { notes: 'edited' } });
    await laptop.settle();
    await laptop.settle();
    expect(office.remote.rows().filter(({ name }) => name === 'Acme')).toMatchObject([{ notes: 'edited' }]);
    expect(laptop.names().filter((name) => name === 'Acme')).toHaveLength(1);
  });

  test('a request that never arrived is repeated after a whole look at the server', async () => {
    laptop.create('Zero');
    await laptop.settle();
    laptop.create('Acme');
    office.remote.faults.add({ match: isWrite, at: 'before', do: 'drop' });
    await laptop.cycle();
    for (let i = 0; i < 9; i += 1) {
      office.clock.pass(5 * minute);
      await laptop.cycle();
    }
    expect(there()).toEqual(['Acme', 'Zero']);
    expect(laptop.names()).toEqual(['Acme', 'Zero']);
  });

  test('where several contacts could be the lost one a person is asked', async () => {
    laptop.create('Zero');
    await laptop.settle();
    const { id } = laptop.create('Acme');
    office.remote.faults.add({ match: isWrite, at: 'after', do: 'drop' });
    await laptop.cycle(true);
    const twin = office.remote.rows().find(({ name }) => name === 'Acme');
    const { contacts } = office.remote.world.tables;
    const row = contacts.get(twin?.id ?? '');
    const twinId = '99999999-9999-4999-8999-999999999999';
    if (row) contacts.set(twinId, { ...row, id: twinId });
    office.remote.world.revision += 1;
    await laptop.settle();
    expect(laptop.sync.parked().items).toMatchObject([{ contactId: id, message: expect.stringContaining('possible duplicate') as string }]);
    expect(there()).toEqual(['Acme', 'Acme', 'Zero']);
  });
});
