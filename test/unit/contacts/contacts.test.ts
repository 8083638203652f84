import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from '../../../shared/permissions.ts';
import type { Download } from '../../../shared/operation.ts';
import { createSlices } from '../../../electron/store/slices.ts';
import { openTestBook, owner, type TestBook } from '../support/book.ts';

let book: TestBook;
beforeEach(() => {
  book = openTestBook();
});
afterEach(() => book.close());

const unknownId = '00000000-0000-4000-8000-000000000000';
const program: Caller = { kind: 'token', actor: 'crm-bridge', permissions: ['ALL_ORG_VIEW', 'ALL_ORG_EDIT'] };

describe('a contact', () => {
  test('has Ever Gauzy’s defaults and keeps the id its maker gave it', async () => {
    const id = '11111111-2222-4333-8444-555555555555';
    const contact = await book.call('contact.create', { id, name: 'Ann Lee' });
    expect(contact).toMatchObject({
      id, name: 'Ann Lee', contactType: 'CLIENT', budgetType: 'COST', isActive: true, isArchived: false, imageUrl: null, rev: 1,
    });
    expect(await book.call('contact.get', { id })).toEqual(contact);
  });

  test('changes only what is named, and its address only in the parts that are named', async () => {
    const { id } = await book.call('contact.create', {
      name: 'Ann', notes: 'likes tea', contact: { city: 'Köln', country: 'DE', latitude: 50.9 },
    });
    await book.call('contact.update', { id, contact: { city: 'Bonn' } });
    const contact = await book.call('contact.get', { id, data: { relations: ['contact'] } });
    expect(contact.notes).toBe('likes tea');
    expect(contact.contact).toMatchObject({ city: 'Bonn', country: 'DE', latitude: 50.9 });

    await book.call('contact.update', { id, primaryPhone: '123' });
    expect((await book.call('contact.get', { id, data: { relations: ['contact'] } })).contact?.city).toBe('Bonn');
    await book.call('contact.update', { id, contact: null });
    expect((await book.call('contact.get', { id, data: { relations: ['contact'] } })).contact?.city).toBeNull();
  });

  test('keeps its revision, time and history when a change changes nothing', async () => {
    const created = await book.call('contact.create', { name: 'Ann', budget: 12.5 });
    const again = await book.call('contact.update', { id: created.id, name: 'Ann', budget: 12.5, budgetType: 'cost', tags: [] });
    expect(again).toEqual(created);
    expect((await book.call('contact.history', { id: created.id })).total).toBe(1);
  });

  test('is refused with every bad field named, and nothing is written', async () => {
    const bad = {
      name: '  ', primaryEmail: 'nobody@', primaryPhone: 5 as never, budget: '12' as never, contactType: 'client' as never,
      imageUrl: `https://x.example/${'a'.repeat(500)}`, notes: 'a\0b', contact: { website: 'java\nscript:alert(1)', latitude: 91, city: '\ud800' },
    };
    const before = book.journal.head();
    await expect(book.call('contact.create', bad)).rejects.toSatisfy((error: { kind: string; issues: { field: string }[] }) => {
      expect(error.kind).toBe('invalid');
      expect(error.issues.map(({ field }) => field).sort()).toEqual([
        'budget', 'contact.city', 'contact.latitude', 'contact.website', 'contactType', 'imageUrl', 'name', 'notes', 'primaryEmail', 'primaryPhone',
      ]);
      return true;
    });
    expect(book.journal.head()).toBe(before);
    expect(book.counts.live()).toBe(0);
  });

  test('is not written at all when one of its tags is unknown', async () => {
    await expect(book.call('contact.create', { name: 'Ann', tags: [{ id: unknownId }] })).rejects.toMatchObject({
      kind: 'invalid', issues: [{ field: 'tags' }],
    });
    expect(book.counts.live()).toBe(0);
    const { id, rev } = await book.call('contact.create', { name: 'Ann' });
    await expect(book.call('contact.update', { id, name: 'Bob', members: [{ id: unknownId }] })).rejects.toMatchObject({ kind: 'invalid' });
    expect(await book.call('contact.get', { id })).toMatchObject({ name: 'Ann', rev });
  });

  test('of another tenant or organization is refused', async () => {
    await expect(book.call('contact.create', { name: 'A', tenantId: unknownId })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(book.call('contact.create', { name: 'A', organizationId: unknownId })).rejects.toMatchObject({
      kind: 'invalid', issues: [{ field: 'organizationId' }],
    });
  });

  test('is changed by its create when its id is live, and refused when it is in the trash', async () => {
    const { id } = await book.call('contact.create', { name: 'Ann', notes: 'kept' });
    expect(await book.call('contact.create', { id, name: 'Anne' })).toMatchObject({ id, name: 'Anne', notes: 'kept', rev: 2 });
    await book.call('contact.delete', { id });
    await expect(book.call('contact.create', { id, name: 'Ann' })).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('is changed only at the revision that If-Match names', async () => {
    const { id } = await book.call('contact.create', { name: 'Ann' });
    await expect(book.call('contact.update', { id, name: 'Bob', ifMatch: '"7"' })).rejects.toMatchObject({ kind: 'stale' });
    await expect(book.call('contact.update', { id, name: 'Bob', ifMatch: 'W/"1"' })).rejects.toMatchObject({ kind: 'stale' });
    expect(await book.call('contact.update', { id, name: 'Bob', ifMatch: '"0", "1"' })).toMatchObject({ rev: 2 });
    await expect(book.call('contact.delete', { id, ifMatch: '"1"' })).rejects.toMatchObject({ kind: 'stale' });
    expect(await book.call('contact.delete', { id, ifMatch: '*' })).toEqual({ raw: [], affected: 1 });
  });
});

describe('the trash', () => {
  test('takes a contact out of lists and search, and gives it back whole', async () => {
    const tag = await book.call('tag.create', { name: 'VIP', color: '#f00' });
    const { id } = await book.call('contact.create', { name: 'Ann Lee', tags: [{ id: tag.id }] });
    expect(await book.call('contact.delete', { id })).toEqual({ raw: [], affected: 1 });
    expect(await book.call('contact.delete', { id })).toEqual({ raw: [], affected: 0 });
    await expect(book.call('contact.get', { id })).rejects.toMatchObject({ kind: 'notFound' });
    expect((await book.call('contact.search', { q: 'ann' })).items).toEqual([]);
    expect(await book.call('contact.get', { id, withDeleted: true })).toMatchObject({ id, deletedAt: expect.any(String) as string });
    expect(await book.call('contact.count', {})).toBe(0);
    expect((await book.call('contact.page', { limit: 10, trash: true })).items).toMatchObject([{ id }]);

    await book.call('contact.recover', { id });
    expect((await book.call('contact.search', { q: 'ann' })).items).toMatchObject([{ id, tags: [{ name: 'VIP' }] }]);
    expect(await book.call('contact.count', {})).toBe(1);
  });

  test('erases for good only what is in it, with its values in the history', async () => {
    const { id } = await book.call('contact.create', { name: 'Ann', notes: 'secret' });
    await expect(book.call('contact.purge', { ids: [id] })).rejects.toMatchObject({ kind: 'conflict' });
    await book.call('contact.delete', { id });
    expect(await book.call('contact.purge', {})).toEqual({ affected: 1 });
    const { items } = await book.call('contact.history', { id });
    expect(JSON.stringify(items)).not.toContain('secret');
    const feed = await book.call('change.list', {});
    expect(feed.items.map(({ kind, name }) => [kind, name])).toEqual([['created', null], ['deleted', null], ['purged', null]]);
  });
});

describe('the change feed', () => {
  test('has one entry a change, in order, with who did it', async () => {
    const { id } = await book.call('contact.create', { name: 'Ann' }, program);
    await book.call('contact.update', { id, name: 'Anne', contact: { city: 'Ulm' }, notes: 'x' });
    const { items, next } = await book.call('change.list', { since: 0 });
    expect(items.map(({ kind, actor, contactId }) => [kind, actor, contactId])).toEqual([
      ['created', 'crm-bridge', id], ['updated', 'ui', id],
    ]);
    expect((await book.call('change.list', { since: next })).items).toEqual([]);
    expect((await book.call('change.list', { since: next + 100 })).items).toEqual([]);
    expect(book.events.filter(({ type }) => type === 'change')).toHaveLength(2);
  });

  test('says 410 to a reader who comes after pruning', async () => {
    let today = new Date('2026-01-01T00:00:00Z');
    const old = openTestBook({ clock: () => today });
    const { id } = await old.call('contact.create', { name: 'Ann' });
    await old.call('contact.update', { id, name: 'Anne' });
    today = new Date('2026-11-01T00:00:00Z');
    await old.call('contact.update', { id, name: 'Anna' });
    expect(old.journal.prune('2026-08-01T00:00:00.000Z', 1, 100)).toBe(2);
    await expect(old.call('change.list', { since: 0 })).rejects.toMatchObject({ kind: 'gone' });
    expect((await old.call('change.list', { since: 2 })).items).toHaveLength(1);
    old.close();
  });
});

describe('a tag', () => {
  test('counts the live contacts that carry it, through every change', async () => {
    const tag = await book.call('tag.create', { name: 'VIP', color: '#f00' });
    const uses = async () => (await book.call('tag.list', {})).items[0]?.organization_contact_counter;
    const a = await book.call('contact.create', { name: 'A', tags: [{ id: tag.id }] });
    const counted = [await uses()];
    const b = await book.call('contact.create', { name: 'B', tags: [{ id: tag.id }] });
    counted.push(await uses());
    await book.call('contact.update', { id: b.id, tags: [] });
    counted.push(await uses());
    await book.call('undo.undo', {});
    counted.push(await uses());
    await book.call('contact.delete', { id: a.id });
    counted.push(await uses());
    await book.call('contact.update', { id: b.id, name: 'Bea', tags: [{ id: tag.id }] });
    await book.call('contact.recover', { id: a.id });
    counted.push(await uses());
    await expect(book.call('contact.create', { name: 'C', tags: [{ id: tag.id }, { id: unknownId }] })).rejects.toThrow();
    counted.push(await uses());
    expect(counted).toEqual([1, 2, 1, 2, 1, 2, 2]);
  });
});

test('erasing several, one of which is not in the trash, erases none', async () => {
  let time = 0;
  const small = openTestBook({ slices: createSlices(() => (time += 1), 1) });
  const ids: string[] = [];
  for (const name of ['A', 'B', 'C', 'D']) ids.push((await small.call('contact.create', { name })).id);
  await small.call('contact.deleteMany', { ids: ids.slice(0, 3) });
  await expect(small.call('contact.purge', { ids })).rejects.toMatchObject({ kind: 'conflict', message: 'D is not in the trash' });
  expect(small.counts.trashed()).toBe(3);
  expect(await small.call('contact.purge', { ids: ids.slice(0, 3) })).toEqual({ affected: 3 });
  small.close();
});

describe('members', () => {
  test('are added and taken on many contacts without touching anything else', async () => {
    const member = await book.call('employee.create', { fullName: 'Eva Klein' });
    const a = await book.call('contact.create', { name: 'A', contact: { city: 'Ulm' } });
    const b = await book.call('contact.create', { name: 'B', members: [{ id: member.id }] });
    expect(await book.call('contact.assign', { member: { id: member.id }, addedEntityIds: [a.id], removedEntityIds: [b.id] })).toBe(true);
    const read = async (id: string) => book.call('contact.get', { id, data: { relations: ['members', 'contact'] } });
    expect(await read(a.id)).toMatchObject({ members: [{ fullName: 'Eva Klein' }], contact: { city: 'Ulm' } });
    expect(await read(b.id)).toMatchObject({ members: [] });
    const { chunks } = (await book.dispatch('contact.ofEmployee', { employeeId: member.id }, owner)) as Download;
    expect(JSON.parse([...(chunks as Iterable<string>)].join(''))).toEqual([{ id: a.id, name: 'A', imageUrl: null, image: null }]);
  });
});

describe('permissions', () => {
  const may = (...permissions: ('ALL_ORG_VIEW' | 'ORG_CONTACT_VIEW' | 'ALL_ORG_EDIT' | 'ORG_CONTACT_EDIT')[]): Caller => ({
    kind: 'token', actor: 'x', permissions,
  });
  test('to edit do not imply to view, and neither opens what is the owner’s', async () => {
    await expect(book.call('contact.count', {}, may('ALL_ORG_EDIT'))).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(book.call('contact.create', { name: 'A' }, may('ORG_CONTACT_VIEW'))).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(book.call('contact.count', {}, { kind: 'anonymous', actor: '' })).rejects.toMatchObject({ kind: 'unauthorized' });
    await expect(book.call('undo.undo', {}, may('ALL_ORG_VIEW', 'ALL_ORG_EDIT'))).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await book.call('contact.count', {}, may('ORG_CONTACT_VIEW'))).toBe(0);
    expect(book.counts.live()).toBe(0);
  });
});
