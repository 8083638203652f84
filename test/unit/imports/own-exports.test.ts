import { describe, expect, it } from 'vitest';
import { openBook, said } from './support.ts';

const formats = ['json', 'csv', 'vcf'] as const;

function openFullBook() {
  const book = openBook();
  const sets = { tags: [book.addTag('Key account')], members: [book.addMember('Ann Lee')], projects: [book.addProject('Bridge')] };
  book.create({ scalars: { name: 'Nothing but a name' } });
  book.create({
    scalars: {
      name: 'Zoë Ångström 漢字 مرحبا 🎉', contactType: 'PARTNER', primaryEmail: 'zoe@example.org', primaryPhone: '+49 30 1234567',
      imageUrl: 'https://example.org/z.png', budget: 1500.75, budgetType: 'HOURS', notes: 'two\nlines; a, comma', inviteStatus: 'INVITED',
    },
    address: { firstName: 'Zoë', city: 'Köln', postcode: '50667', country: 'DE', website: 'https://example.org', latitude: 50.9, longitude: -0.5 },
    sets,
    extra: { columns: { Shoe: '39' } },
  });
  return book;
}

describe.each(formats)('our own export as %s', (format) => {
  it('changes nothing when it is read into the same book', async () => {
    const book = openFullBook();
    const before = book.contacts();
    const report = await book.import(await book.export({ format }), { name: `contacts.${format}` });
    expect(report.counts).toEqual({ create: 0, update: 0, skip: 2, error: 0 });
    expect(book.contacts()).toEqual(before);
  });
});

it.each(formats)('our own export as %s does not mistake a tag or project for another of the same name', async (format) => {
  const book = openBook();
  const [, tag] = [book.addTag('VIP'), book.addTag('VIP')];
  const [, project] = [book.addProject('Bridge'), book.addProject('Bridge')];
  book.create({ scalars: { name: 'Ann', primaryEmail: 'ann@example.org' }, sets: { tags: [tag], projects: [project] } });
  const report = await book.import(await book.export({ format }), { name: `contacts.${format}` });
  expect(report.counts).toEqual({ create: 0, update: 0, skip: 1, error: 0 });
});

it('our own export as JSON makes the same contacts, with their ids, in another book', async () => {
  const book = openFullBook();
  const other = openBook();
  other.addMember('Ann Lee');
  other.addProject('Bridge');
  const report = await other.import(await book.export({ format: 'json' }), { name: 'contacts.json' });
  expect(report.counts).toEqual({ create: 2, update: 0, skip: 0, error: 0 });
  expect(other.contacts().map(said)).toEqual(book.contacts().map(said));
  expect(other.contacts().map(({ id }) => id)).toEqual(book.contacts().map(({ id }) => id));
});
