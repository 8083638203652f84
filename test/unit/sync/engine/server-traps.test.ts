import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOffice, isList, openLaptop, type Laptop } from './support.ts';

let office: ReturnType<typeof createOffice>;
let laptop: Laptop;
const minutes = 60_000;

async function begin(options: Parameters<typeof createOffice>[0] = {}): Promise<void> {
  office = createOffice(options);
  laptop = await openLaptop({ office });
}

beforeEach(() => begin());
afterEach(() => laptop.close());

describe('what the server does by itself', () => {
  test('the picture it invents for a contact without one is none here, and is not sent back', async () => {
    const there = office.remote.web.create({ name: 'Acme', imageUrl: 'https://dummyimage.com/330x300/269aff/ffffff.jpg&text=A' });
    const { id } = laptop.create('Mine');
    await laptop.settle();
    expect(laptop.contact(there.id).imageUrl).toBeNull();
    expect(laptop.contact(id).imageUrl).toBeNull();
    expect(office.remote.web.get(id)?.imageUrl).toContain('dummyimage.com');
    laptop.edit(there.id, { scalars: { notes: 'n' } });
    office.remote.requests.length = 0;
    await laptop.settle();
    expect(JSON.stringify(office.remote.writes())).not.toContain('imageUrl');
    expect(await laptop.settle()).toMatchObject({ writes: 0, pulled: 0 });
  });

  test('members that it adds from a project come here, and nobody takes them away again', async () => {
    office.remote.seed(1);
    const project = office.remote.web.createProject('Fair', [...office.remote.world.tables.employees.keys()].slice(0, 1));
    office.remote.web.create({ name: 'Other', projects: [project] });
    await laptop.settle();
    const local = laptop.store.db.prepare('select id from project where name = ?').pluck().get('Fair') as string;
    const { id } = laptop.create('Mine', { sets: { projects: [local] } });
    await laptop.settle();
    await laptop.settle();
    expect(office.remote.web.get(id)).toMatchObject({ projects: [{ name: 'Fair' }], members: [{}] });
    expect(await laptop.settle()).toMatchObject({ writes: 0 });
    expect(laptop.sync.counts()).toMatchObject({ waiting: 0, conflicts: 0 });
  });

  test('a tag that is renamed there is renamed here, although no contact says that it changed', async () => {
    const tag = office.remote.web.createTag('vip');
    const there = office.remote.web.create({ name: 'Acme', tags: [tag] });
    await laptop.settle();
    office.clock.pass(31 * minutes);
    office.remote.web.renameTag(tag, 'very important');
    await laptop.settle();
    const here = await laptop.call('contact.get', { id: there.id, data: '{"relations":["tags"]}' });
    expect(here.tags?.map(({ name }) => name)).toEqual(['very important']);
    expect(office.remote.writes()).toEqual([]);
  });

  test('a tag that is deleted there leaves its contacts here', async () => {
    const tag = office.remote.web.createTag('vip');
    const there = office.remote.web.create({ name: 'Acme', tags: [tag] });
    await laptop.settle();
    office.remote.web.deleteTag(tag);
    await laptop.settle();
    const here = await laptop.call('contact.get', { id: there.id, data: '{"relations":["tags"]}' });
    expect(here.tags).toEqual([]);
  });

  test('a change whose time was set years back is found by the sweep', async () => {
    const there = office.remote.web.create({ name: 'Acme' });
    await laptop.settle();
    office.clock.pass(10 * minutes);
    office.remote.web.edit(there.id, { notes: 'echoed', updatedAt: '2019-01-01T00:00:00.000Z' });
    await laptop.cycle();
    office.clock.pass(31 * minutes);
    await laptop.cycle();
    expect(laptop.contact(there.id).notes).toBe('echoed');
  });

  test('a contact with a time in the future does not hide what is changed after it', async () => {
    const odd = office.remote.web.create({ name: 'Odd' });
    const there = office.remote.web.create({ name: 'Acme' });
    office.remote.web.edit(odd.id, { updatedAt: '2099-01-01T00:00:00.000Z' });
    await laptop.settle();
    office.clock.pass(10 * minutes);
    office.remote.web.edit(there.id, { notes: 'new' });
    await laptop.cycle();
    expect(laptop.contact(there.id).notes).toBe('new');
  });

  test('an edit in the same whole second as the last one is seen, on a server that keeps seconds only', async () => {
    laptop.close();
    await begin({ database: 'sqlite' });
    const there = office.remote.web.create({ name: 'Acme' });
    await laptop.settle();
    office.remote.web.edit(there.id, { notes: 'within the second' });
    await laptop.cycle();
    expect(laptop.contact(there.id).notes).toBe('within the second');
  });

  test('three hundred contacts with one time lose none at the border of a page', async () => {
    laptop.close();
    await begin({ database: 'sqlite' });
    await laptop.settle();
    office.clock.pass(60 * minutes);
    for (let i = 0; i < 300; i += 1) office.remote.web.create({ name: `Same ${i}` });
    await laptop.cycle();
    expect(laptop.names()).toHaveLength(300);
  });

  test('contacts that are deleted while the pages are read make nobody miss another one', async () => {
    office.remote.seed(350);
    const [first, second] = office.remote.rows();
    office.remote.faults.add({
      match: ({ path }) => path.includes('createdAt') && path.includes('skip=2&'),
      at: 'before',
      do: { run: () => [first, second].forEach((one) => office.remote.web.delete(one?.id ?? '', 'hard')) },
    });
    await laptop.settle();
    expect(laptop.names()).toEqual(office.remote.rows().map(({ name }) => name).sort());
  });

  test('a vendor and a partner arrive as clients with a tag, and come back as what they are', async () => {
    const vendor = laptop.create('Steel', { scalars: { contactType: 'VENDOR' } });
    const partner = laptop.create('Allies', { scalars: { contactType: 'PARTNER' } });
    await laptop.settle();
    expect(office.remote.web.get(vendor.id)).toMatchObject({ contactType: 'CLIENT', tags: [{ name: 'type:vendor' }] });
    const other = await openLaptop({ office });
    await other.settle();
    expect(other.contact(vendor.id).contactType).toBe('VENDOR');
    expect(other.contact(partner.id).contactType).toBe('PARTNER');
    expect(await other.call('tag.list', {})).toMatchObject({ items: [] });
    other.edit(vendor.id, { scalars: { contactType: 'LEAD' } });
    await other.settle();
    expect(office.remote.web.get(vendor.id)).toMatchObject({ contactType: 'LEAD', tags: [] });
    other.close();
  });

  test('a type that a colleague changes there counts more than the tag that was left behind', async () => {
    const { id } = laptop.create('Steel', { scalars: { contactType: 'VENDOR' } });
    await laptop.settle();
    office.remote.web.edit(id, { contactType: 'LEAD' });
    await laptop.settle();
    expect(laptop.contact(id).contactType).toBe('LEAD');
    expect(await laptop.settle()).toMatchObject({ writes: 0 });
  });

  test('a budget with cents stays so here, and the server gets the nearest it takes', async () => {
    const { id } = laptop.create('Acme', { scalars: { budget: 1500.75 } });
    await laptop.settle();
    expect(office.remote.web.get(id)?.budget).toBe(1501);
    expect(await laptop.settle()).toMatchObject({ pulled: 0, writes: 0 });
    expect(laptop.contact(id).budget).toBe(1500.75);
  });

  test('a contact that says nothing readable is set aside with the reason, the others come', async () => {
    office.remote.seed(5);
    const [odd, blank] = office.remote.rows();
    office.remote.web.edit(odd?.id ?? '', { budgetType: 'weeks' });
    office.remote.web.edit(blank?.id ?? '', { name: '   ' });
    await laptop.settle();
    expect(laptop.names()).toHaveLength(4);
    expect(new Set(laptop.sync.quarantined().items.map(({ remoteId }) => remoteId))).toEqual(new Set([odd?.id, blank?.id]));
    laptop.edit(odd?.id ?? '', { scalars: { notes: 'mine' } });
    await laptop.settle();
    expect(office.remote.web.get(odd?.id ?? '')).toMatchObject({ notes: 'mine', budgetType: 'weeks' });
  });

  test('a field that nobody here knows is ignored', async () => {
    office.remote.faults.add({
      match: isList, times: Infinity, at: 'before',
      do: { status: 200, body: { total: 1, items: [{
        id: '11111111-1111-4111-8111-111111111111', name: 'Acme', contactType: 'CLIENT', isActive: true, isArchived: false, loyalty: { level: 9 },
        createdAt: '2026-11-01T00:00:00.000Z', updatedAt: '2026-11-01T00:00:00.000Z', deletedAt: null,
      }] } },
    });
    await laptop.settle();
    expect(laptop.names()).toEqual(['Acme']);
  });
});

describe('contacts that are gone there', () => {
  test('one that was deleted for good goes to the trash here, after the server said so of itself', async () => {
    office.remote.seed(30);
    await laptop.settle();
    const [one] = office.remote.rows();
    office.remote.web.delete(one?.id ?? '', 'hard');
    office.remote.requests.length = 0;
    expect(await laptop.settle()).toMatchObject({ deleted: 1 });
    expect(laptop.contact(one?.id ?? '').deletedAt).not.toBeNull();
    expect(office.remote.requests).toContainEqual(expect.objectContaining({ path: expect.stringContaining(`/${one?.id}?`) as string, status: 404 }));
  });

  test.each([
    ['empty', 'emptyList'], ['short by its own account', { total: 25 }], ['broken off', 'truncate'],
    ['a web page', 'html200'], ['refused', { status: 403, body: { message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 } }],
  ] as const)('a list that is %s deletes nothing', async (_what, fault) => {
    office.remote.seed(30);
    await laptop.settle();
    office.remote.faults.add({ match: ({ path }) => path.includes('organization-contact?data='), times: Infinity, do: fault });
    await laptop.cycle(true);
    expect(laptop.names()).toHaveLength(30);
    expect(laptop.sync.conflicts().items.filter(({ kind }) => kind !== 'massDelete')).toEqual([]);
  });

  test('a page of a proxy that says 404 is no evidence', async () => {
    office.remote.seed(30);
    await laptop.settle();
    const [one] = office.remote.rows();
    office.remote.web.delete(one?.id ?? '', 'hard');
    for (const body of ['<html>Not found</html>', { message: 'Cannot GET /api', statusCode: 404 }, '']) {
      office.remote.faults.clear();
      office.remote.faults.add({ match: ({ path }) => path.includes(`/${one?.id}`), times: Infinity, do: { status: 404, body } });
      expect(await laptop.cycle(true)).not.toMatchObject({ outcome: 'done' });
      expect(laptop.names()).toHaveLength(30);
    }
  });

  test('many at once are a question; what the person gives up then goes, each after its own 404', async () => {
    office.remote.seed(30);
    await laptop.settle();
    const gone = office.remote.rows().slice(0, 11);
    for (const { id } of gone) office.remote.web.delete(id, 'hard');
    expect(await laptop.settle()).toMatchObject({ deleted: 0 });
    expect(laptop.names()).toHaveLength(30);
    const [question, ...more] = laptop.sync.conflicts().items;
    expect(question?.kind).toBe('massDelete');
    expect(more).toEqual([]);
    office.clock.pass(minutes);
    laptop.sync.resolve(question?.id ?? '', 'theirs', 'ui');
    expect(await laptop.settle()).toMatchObject({ deleted: 11 });
    expect(laptop.names()).toHaveLength(19);
  });

  test('many at once that the person keeps are created there again', async () => {
    office.remote.seed(30);
    await laptop.settle();
    for (const { id } of office.remote.rows().slice(0, 11)) office.remote.web.delete(id, 'hard');
    await laptop.settle();
    laptop.sync.resolve(laptop.sync.conflicts().items[0]?.id ?? '', 'mine', 'ui');
    await laptop.settle();
    expect(office.remote.rows()).toHaveLength(30);
    expect(laptop.sync.counts()).toMatchObject({ waiting: 0, conflicts: 0 });
  });

  test('a server put back to an old backup makes nobody lose what was sent since', async () => {
    office.remote.seed(20);
    const backup = office.remote.snapshot();
    for (let i = 0; i < 20; i += 1) laptop.create(`New ${i}`);
    await laptop.settle();
    office.clock.pass(60 * minutes);
    office.remote.restore(backup);
    await laptop.settle();
    expect(laptop.names()).toHaveLength(40);
    expect(laptop.sync.conflicts().items).toMatchObject([{ kind: 'massDelete' }]);
  });

  test('more than half of a dozen gone, though not more than ten, is a question too', async () => {
    office.remote.seed(12);
    await laptop.settle();
    for (const { id } of office.remote.rows().slice(0, 7)) office.remote.web.delete(id, 'soft');
    await laptop.settle();
    expect(laptop.names()).toHaveLength(12);
    expect(laptop.sync.conflicts().items).toMatchObject([{ kind: 'massDelete' }]);
  });

  test('of a handful each goes after its own 404', async () => {
    office.remote.seed(11);
    await laptop.settle();
    for (const { id } of office.remote.rows().slice(0, 9)) office.remote.web.delete(id, 'hard');
    await laptop.settle();
    expect(laptop.names()).toHaveLength(2);
  });

  test('an edit here of what was deleted there is a question, and nothing is sent meanwhile', async () => {
    const { id } = laptop.create('Acme');
    await laptop.settle();
    office.remote.web.delete(id, 'hard');
    laptop.edit(id, { scalars: { notes: 'mine' } });
    expect(await laptop.settle()).toMatchObject({ writes: 0 });
    expect(laptop.contact(id).deletedAt).toBeNull();
    const [question] = laptop.sync.conflicts().items;
    expect(question?.kind).toBe('editedHereDeletedThere');
    laptop.sync.resolve(question?.id ?? '', 'mine', 'ui');
    await laptop.settle();
    expect(office.remote.web.get(id)).toMatchObject({ notes: 'mine', deletedAt: null });
  });

  test('a deletion here of what was edited there is taken back, and asked about', async () => {
    const { id } = laptop.create('Acme');
    await laptop.settle();
    office.remote.web.edit(id, { notes: 'theirs' });
    laptop.remove(id);
    await laptop.settle();
    expect(laptop.contact(id)).toMatchObject({ deletedAt: null, notes: 'theirs' });
    expect(laptop.sync.conflicts().items).toMatchObject([{ kind: 'deletedHereEditedThere' }]);
    expect(office.remote.web.get(id)?.deletedAt).toBeNull();
  });

  test('what was set aside is no longer listed once it is gone there', async () => {
    office.remote.seed(30);
    const [odd, partly] = office.remote.rows();
    office.remote.web.edit(odd?.id ?? '', { name: '   ' });
    office.remote.web.edit(partly?.id ?? '', { budgetType: 'weeks' });
    await laptop.settle();
    expect(laptop.sync.quarantined().total).toBe(2);
    for (const gone of [odd, partly]) office.remote.web.delete(gone?.id ?? '', 'hard');
    await laptop.settle();
    expect(laptop.sync.quarantined().items).toEqual([]);
  });

  test('what was set aside and goes into the trash, there or here, is not listed again', async () => {
    office.remote.seed(30);
    const [odd, partly, other] = office.remote.rows();
    office.remote.web.edit(odd?.id ?? '', { name: '   ' });
    office.remote.web.edit(partly?.id ?? '', { budgetType: 'weeks' });
    await laptop.settle();
    office.remote.web.delete(odd?.id ?? '', 'soft');
    laptop.remove(partly?.id ?? '');
    for (const notes of ['first', 'second']) {
      office.remote.web.edit(other?.id ?? '', { notes });
      await laptop.settle();
      await laptop.cycle(false);
    }
    expect(laptop.sync.quarantined().items).toEqual([]);
  });

  test('one that moved to another organization there is set aside, neither deleted nor moved back', async () => {
    office.remote.seed(30);
    await laptop.settle();
    const [one] = office.remote.rows();
    office.remote.web.edit(one?.id ?? '', { organizationId: office.remote.directory.secondOrganizationId });
    await laptop.settle();
    expect(laptop.names()).toHaveLength(30);
    expect(laptop.sync.quarantined().items).toMatchObject([{ remoteId: one?.id }]);
  });
});
