import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOffice, openLaptop, type Laptop } from './support.ts';

const minutes = 60_000;
let office: ReturnType<typeof createOffice>;
let laptop: Laptop;
beforeEach(async () => {
  office = createOffice();
  laptop = await openLaptop({ office });
});
afterEach(() => laptop.close());

async function settleForAWhile(): Promise<void> {
  for (let cycle = 0; cycle < 6; cycle += 1) {
    await laptop.settle();
    office.clock.pass(5 * minutes);
  }
}
const tagNamesThere = (id: string) => office.remote.web.get(id)?.tags.map(({ name }) => name);
const tagHere = (wanted: string) => laptop.lists.tags.all().find(({ name }) => name === wanted)?.id ?? expect.fail(`no tag ${wanted}`);

test('a tag that was deleted on the server is made again there for a contact that gets it here', async () => {
  const tag = office.remote.web.createTag('vip');
  office.remote.web.create({ name: 'Acme', tags: [tag] });
  await laptop.settle();
  office.remote.web.deleteTag(tag);
  await laptop.settle();
  const { id } = laptop.create('Mine', { sets: { tags: [tagHere('vip')] } });
  await settleForAWhile();
  expect(laptop.sync.counts()).toMatchObject({ waiting: 0, parked: 0 });
  expect(tagNamesThere(id)).toEqual(['vip']);
});

test('the tag that stands for a type is made again when somebody deleted it on the server', async () => {
  laptop.create('First', { scalars: { contactType: 'VENDOR' } });
  await laptop.settle();
  const tag = [...office.remote.world.tables.tags.values()].find(({ name }) => name === 'type:vendor');
  office.remote.web.deleteTag(tag?.id ?? expect.fail('the type has no tag'));
  await laptop.settle();
  const { id } = laptop.create('Second', { scalars: { contactType: 'VENDOR' } });
  await settleForAWhile();
  expect(laptop.sync.counts()).toMatchObject({ waiting: 0, parked: 0 });
  expect(tagNamesThere(id)).toEqual(['type:vendor']);
});

test('a tag that is deleted here is taken from contacts there, and does not come back with them', async () => {
  const { id } = office.remote.web.create({ name: 'Acme', tags: [office.remote.web.createTag('vip')] });
  await laptop.settle();
  await laptop.call('tag.delete', { id: tagHere('vip') });
  await laptop.settle();
  expect(tagNamesThere(id)).toEqual([]);
  expect(laptop.lists.tags.all()).toEqual([]);
});
