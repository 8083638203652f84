import { afterEach, expect, test } from 'vitest';
import { seedBook } from '../../../electron/seed/seed-book.ts';
import { seedHandlers } from '../../../electron/seed/seed-handlers.ts';
import { openTestBook, owner } from '../support/book.ts';

type Book = ReturnType<typeof openTestBook>;
const books: Book[] = [];

function newBook(): Book {
  const book = openTestBook();
  books.push(book);
  return book;
}

afterEach(() => {
  for (const book of books.splice(0)) book.close();
});

const seed = (book: Book, contacts: number, seedNumber = 1) => seedBook(book, { contacts, seed: seedNumber, actor: 'ui' });
const rows = (book: Book, sql: string) => book.store.db.prepare(sql).all();
const count = (book: Book, table: string) => book.store.db.prepare(`select count(*) from ${table}`).pluck().get();
/** What of the contacts comes from the seed: all but times and the ids of address rows. */
const contents = (book: Book) =>
  rows(
    book,
    `select id, name, contact_type, primary_email, primary_phone, notes, budget, budget_type, city, postcode, country, extra,
       is_active, is_archived,
       (select group_concat(tag.id) from contact_tag join tag on tag.no = tag_no where contact_no = contact.no) as tags,
       (select group_concat(employee.id) from contact_member join employee on employee.no = employee_no
        where contact_no = contact.no) as members
     from contact order by no`,
  );

test('two books filled with the same seed hold the same contacts, tags and employees', async () => {
  const [one, other] = [newBook(), newBook()];
  await seed(one, 200);
  await seed(other, 200);
  expect(contents(other)).toEqual(contents(one));
  expect(contents(one)).toHaveLength(200);
});

test('a seeded book has 30 tags, 20 projects, 50 invoices, and 12 employees besides its person', async () => {
  const book = newBook();
  await seed(book, 100);
  expect(count(book, 'tag')).toBe(30);
  expect(count(book, 'project')).toBe(20);
  expect(count(book, 'employee')).toBe(13);
  expect(count(book, 'invoice')).toBe(50);
  expect(rows(book, 'select 1 from invoice where contact_no is null')).toEqual([]);
  expect(new Set(rows(book, 'select invoice_number from invoice').map((row) => JSON.stringify(row))).size).toBe(50);
});

test('seeding again with the same seed adds only what is missing and changes nothing that is there', async () => {
  const book = newBook();
  await seed(book, 50);
  const before = contents(book);
  expect(await seed(book, 50)).toEqual({ contacts: 0, group: null });
  expect(contents(book)).toEqual(before);

  const more = await seed(book, 80);
  expect(more.contacts).toBe(30);
  expect(contents(book).slice(0, 50)).toEqual(before);
  expect(count(book, 'invoice')).toBe(50);
});

test('a contact of the seed that was edited or moved to the trash stays as it is', async () => {
  const book = newBook();
  await seed(book, 20);
  const [edited, trashed] = (rows(book, 'select id from contact') as { id: string }[]).map(({ id }) => id);
  await book.call('contact.update', { id: edited ?? '', name: 'Renamed' });
  await book.call('contact.delete', { id: trashed ?? '' });
  expect((await seed(book, 20)).contacts).toBe(0);
  expect((await book.call('contact.get', { id: edited ?? '' })).name).toBe('Renamed');
  expect(book.reader.find(trashed ?? '')?.deletedAt).not.toBeNull();
});

test('another seed adds other contacts and uses the tags, employees and projects of the same name', async () => {
  const book = newBook();
  await seed(book, 30, 1);
  expect((await seed(book, 30, 2)).contacts).toBe(30);
  expect(count(book, 'tag')).toBe(30);
  expect(count(book, 'employee')).toBe(13);
  expect(count(book, 'project')).toBe(20);
});

test('sample contacts are found, counted, and taken back by one undo', async () => {
  const book = newBook();
  const { group } = await seed(book, 300);
  expect(group).not.toBeNull();
  expect(book.counts.live()).toBe(300);
  const [some] = rows(book, 'select name from contact limit 1') as { name: string }[];
  const found = await book.call('contact.search', { q: some?.name ?? '' });
  expect(found.items.map(({ name }) => name)).toContain(some?.name);

  await book.call('undo.undo', {});
  expect(book.counts.live()).toBe(0);
  expect(book.counts.trashed()).toBe(300);
});

test('the book answers others while it is being filled', async () => {
  const book = newBook();
  let seenHalfway = 0;
  const seeding = seed(book, 1000);
  const asking = (async () => {
    while (book.counts.live() < 1000 && seenHalfway < 3) {
      await new Promise((resolve) => setImmediate(resolve));
      if (book.counts.live() > 0 && book.counts.live() < 1000) seenHalfway += 1;
    }
  })();
  await Promise.all([seeding, asking]);
  expect(seenHalfway).toBe(3);
});

test('the operation announces the lists, and journals in the name of who asked', async () => {
  const book = newBook();
  let announced = 0;
  const handlers = seedHandlers({ ...book, announceLists: () => (announced += 1) });
  const context = { caller: owner, file: undefined };
  const { contacts, group } = await handlers['book.seed']({ contacts: 5 }, context);
  expect(contacts).toBe(5);
  expect(announced).toBe(1);
  expect(book.journal.group(group ?? '')?.actor).toBe(owner.actor);
  expect(book.journal.group(group ?? '')?.label).toBe('Added 5 sample contacts');
});
