import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createContactWriter, type Step } from '../../../electron/contacts/writer.ts';
import type { Journal } from '../../../electron/journal/journal.ts';
import { createUndo } from '../../../electron/journal/undo.ts';
import type { Contact } from '../../../shared/contact.ts';
import type { Caller } from '../../../shared/permissions.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

let book: TestBook;
beforeEach(() => {
  book = openTestBook();
});
afterEach(() => book.close());

const program: Caller = { kind: 'token', actor: 'crm-bridge', permissions: ['ALL_ORG_VIEW', 'ALL_ORG_EDIT'] };

/** What a person sees of the book: everything but revisions and times. */
function seen(of: TestBook): unknown {
  const records = of.store.db.prepare('select id from contact where deleted_at is null order by id').pluck().all() as string[];
  return records.map((id) => {
    const record = of.reader.find(id);
    if (!record) throw new Error('gone');
    const entity: Partial<Contact> = of.reader.entity(record, ['contact', 'tags', 'members']);
    for (const key of ['rev', 'updatedAt', 'updatedByUserId'] as const) delete entity[key];
    return { ...entity, contact: { ...entity.contact, updatedAt: '', updatedByUserId: '' } };
  });
}

test('takes back an edit of several fields at once, and does it again', async () => {
  const { id } = await book.call('contact.create', { name: 'Ann', notes: 'tea' });
  await book.call('contact.update', { id, name: 'Anne', notes: null, contact: { city: 'Ulm' } });
  expect(await book.call('undo.peek', {})).toMatchObject({ undo: { label: 'Edited Ann' }, redo: null });

  expect(await book.call('undo.undo', {})).toMatchObject({ contacts: 1, kept: [] });
  expect(await book.call('contact.get', { id })).toMatchObject({ name: 'Ann', notes: 'tea' });
  expect(await book.call('undo.peek', {})).toMatchObject({ undo: { label: 'Created Ann' }, redo: { label: 'Edited Ann' } });

  await book.call('undo.redo', {});
  expect(await book.call('contact.get', { id, data: { relations: ['contact'] } })).toMatchObject({ name: 'Anne', notes: null, contact: { city: 'Ulm' } });
  expect((await book.call('undo.peek', {})).redo).toBeNull();
});

test('leaves what somebody edited since, and names it', async () => {
  const { id } = await book.call('contact.create', { name: 'Ann', notes: 'tea' });
  await book.call('contact.update', { id, name: 'Anne', notes: 'coffee' });
  const { undo } = await book.call('undo.peek', {});
  await book.call('contact.update', { id, notes: 'water' }, program);
  expect(await book.call('undo.undo', undo ? { group: undo.group } : {})).toMatchObject({
    contacts: 1, kept: [{ contactId: id, name: 'Anne', field: 'notes' }],
  });
  expect(await book.call('contact.get', { id })).toMatchObject({ name: 'Ann', notes: 'water' });
});

test('brings back a deleted contact, and a deletion of many as one step', async () => {
  const ids: string[] = [];
  for (const name of ['A', 'B', 'C']) ids.push((await book.call('contact.create', { name })).id);
  expect(await book.call('contact.deleteMany', { ids })).toMatchObject({ affected: 3 });
  expect(await book.call('contact.count', {})).toBe(0);
  expect(await book.call('undo.undo', {})).toMatchObject({ label: 'Undone: Deleted 3 contacts', contacts: 3 });
  expect(await book.call('contact.count', {})).toBe(3);
});

test('undoing much is written in slices and on disk as a whole when it is answered; undoing one change, at once', async () => {
  const onDisk: ('now' | 'later')[] = [];
  const journal: Journal = {
    ...book.journal,
    setState(group, state) {
      onDisk.push('now');
      book.journal.setState(group, state);
    },
  };
  const writer = createContactWriter({
    ...book,
    announce: () => undefined,
    store: {
      ...book.store,
      transaction(work, when = 'now') {
        onDisk.push(when);
        return book.store.transaction(work, when);
      },
    },
  });
  const undo = createUndo(journal, writer, book.deletedTags);
  const revertTop = async () => {
    const group = book.journal.top('done');
    if (group) await undo.revert(group, 'ui', 'aside', 'Undid');
  };

  const step: Step = { actor: 'ui', label: 'Added people', state: 'done' };
  book.writer.run(step, (edit) => {
    for (let index = 0; index < 1_100; index += 1) edit.create({ scalars: { name: `Ann ${index}` } });
  });
  await revertTop();
  expect(book.counts.live()).toBe(0);
  expect(onDisk.length).toBeGreaterThan(3);
  expect(onDisk).toEqual([...onDisk.slice(1).map(() => 'later'), 'now']);
  expect(book.store.db.pragma('synchronous', { simple: true })).toBe(2);

  onDisk.length = 0;
  await book.call('contact.create', { name: 'Bo' });
  await revertTop();
  expect(onDisk).toEqual(['now']);
});

test('never undoes what a program did', async () => {
  await book.call('contact.create', { name: 'Ann' }, program);
  expect(await book.call('undo.peek', {})).toEqual({ undo: null, redo: null });
});

test('brings back tags, except one that is gone from the book', async () => {
  const vip = await book.call('tag.create', { name: 'VIP', color: '#f00' });
  const old = await book.call('tag.create', { name: 'Old', color: '#00f' });
  const { id } = await book.call('contact.create', { name: 'Ann', tags: [{ id: vip.id }, { id: old.id }] });
  await book.call('contact.update', { id, tags: [] });
  await book.call('tag.delete', { id: old.id }, program);
  await book.call('undo.undo', {});
  expect((await book.call('contact.get', { id, data: { relations: ['tags'] } })).tags?.map(({ name }) => name)).toEqual(['VIP']);
});

test('a new step ends the chance to redo', async () => {
  const { id } = await book.call('contact.create', { name: 'Ann' });
  await book.call('contact.update', { id, name: 'Anne' });
  await book.call('undo.undo', {});
  await book.call('contact.update', { id, notes: 'x' });
  expect((await book.call('undo.peek', {})).redo).toBeNull();
});

test('any row of steps, undone to the beginning and done again to the end, gives every state in between again', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('create' as const), name: fc.string({ minLength: 1 }).filter((name) => name.trim() !== '' && !name.includes('\0')) }),
    fc.record({ kind: fc.constant('edit' as const), which: fc.nat(5), notes: fc.option(fc.constantFrom('a', 'b')), city: fc.option(fc.constantFrom('Ulm', 'Bonn')), tagged: fc.boolean() }),
    fc.record({ kind: fc.constant('delete' as const), which: fc.nat(5) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const mine = openTestBook();
      try {
        const tag = await mine.call('tag.create', { name: 'T', color: '#000' });
        const ids: string[] = [];
        const states = [seen(mine)];
        for (const action of steps) {
          const head = mine.journal.head();
          if (action.kind === 'create') ids.push((await mine.call('contact.create', { name: action.name })).id);
          else {
            const id = ids[action.which % Math.max(ids.length, 1)];
            if (id === undefined || mine.reader.find(id)?.deletedAt) continue;
            if (action.kind === 'delete') await mine.call('contact.delete', { id });
            else await mine.call('contact.update', { id, notes: action.notes, contact: { city: action.city }, tags: action.tagged ? [{ id: tag.id }] : [] });
          }
          if (mine.journal.head() > head) states.push(seen(mine));
        }
        for (let index = states.length - 2; index >= 0; index -= 1) {
          await mine.call('undo.undo', {});
          expect(seen(mine)).toEqual(states[index]);
        }
        expect((await mine.call('undo.peek', {})).undo).toBeNull();
        for (let index = 1; index < states.length; index += 1) {
          await mine.call('undo.redo', {});
          expect(seen(mine)).toEqual(states[index]);
        }
      } finally {
        mine.close();
      }
    }),
    { numRuns: 25 },
  );
});

test('undo and redo that fail lose no step: they work when the disk has room again', async () => {
  const { id } = await book.call('contact.create', { name: 'Ann', notes: 'tea' });
  await book.call('contact.update', { id, notes: 'coffee' });
  const refuse = () => book.store.db.exec(`create temp trigger full before update on contact begin select raise(abort, 'full'); end`);
  const allow = () => book.store.db.exec('drop trigger full');
  const peek = await book.call('undo.peek', {});

  refuse();
  await expect(book.call('undo.undo', {})).rejects.toThrow('full');
  expect(await book.call('undo.peek', {})).toEqual(peek);
  allow();
  await book.call('undo.undo', {});
  expect(await book.call('contact.get', { id })).toMatchObject({ notes: 'tea' });

  const after = await book.call('undo.peek', {});
  refuse();
  await expect(book.call('undo.redo', {})).rejects.toThrow('full');
  expect(await book.call('undo.peek', {})).toEqual(after);
  allow();
  await book.call('undo.redo', {});
  expect(await book.call('contact.get', { id })).toMatchObject({ notes: 'coffee' });
});
