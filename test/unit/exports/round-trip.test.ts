import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetTypes, contactTypes, inviteStatuses, type Contact } from '../../../shared/contact.ts';
import type { Edits } from '../../../electron/contacts/edits.ts';
import { openBook, said, type TestBook } from '../imports/support.ts';

/** Anything a person can type: quotes, delimiters, line breaks, formulas, emoji, right-to-left and combining letters. */
const piece = fc.constantFrom(
  'a', 'Z', '7', ' ', ',', ';', ':', '"', "'", '\\', '\\n', '\n', '=1+1', '+49', '-', '@', '|', '\t', '{', '}', '[', '%', '^',
  'ß', 'é', 'e\u0301', '山', 'Ω', 'שלום', 'مرحبا', '👩‍👩‍👧', '\u202e', '\ufeff', 'BEGIN:VCARD', 'extra.',
);
const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join('')).filter((joined) => joined.trim() !== '');
/** What vCards keep exactly: text without blanks at its edges, and control characters. */
const line = text.map((value) => value.replace(/[\t\ufeff]/g, ' ').trim()).filter((value) => value !== '');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const edits: fc.Arbitrary<Edits> = fc
  .record({
    scalars: fc.record({
      name: line,
      contactType: fc.constantFrom(...contactTypes),
      primaryEmail: maybe(fc.constantFrom('a@example.org', 'o"neil@example.org', 'jörg@example.org').filter((email) => !email.includes('"'))),
      primaryPhone: maybe(fc.constantFrom('+49 (30) 555-01', '030 555 02', 'ask; at, desk')),
      imageUrl: maybe(fc.constantFrom('https://img.example/a.png?b=1;c=2,3')),
      budget: maybe(fc.constantFrom(0, 12.5, -3, 1e21)),
      budgetType: fc.constantFrom(...budgetTypes),
      notes: maybe(line),
      inviteStatus: maybe(fc.constantFrom(...inviteStatuses)),
    }),
    address: fc.record({
      firstName: maybe(line), lastName: maybe(line), website: maybe(fc.constantFrom('https://example.org/?a=1;b=2,3')),
      address: maybe(line.map((value) => value.replaceAll('\n', ' ').trim()).filter((value) => value !== '')),
      city: maybe(line), regionCode: maybe(line), postcode: maybe(line), country: maybe(line), fax: maybe(fc.constantFrom('+49 30 555-03')),
      fiscalInformation: maybe(line), latitude: maybe(fc.constantFrom(52.5, -33.25)), longitude: maybe(fc.constantFrom(13.4, -70.6)),
    }),
    extra: maybe(fc.dictionary(line.filter((name) => name !== '__proto__'), line, { minKeys: 1, maxKeys: 3 }).map((columns) => ({ columns }))),
  });

const tagNames = ['VIP', 'a; b, c', '"quoted"', '=SUM(A1)', 'ünï 山', 'back\\slash'];
const random = (seed: number) => fc.sample(edits, { numRuns: 60, seed });

/** A book with contacts of every kind, some of them with tags, members, projects and pictures. */
function filledBook(seed: number): TestBook {
  const book = openBook();
  const tags = tagNames.map((name) => book.addTag(name));
  const members = ['Eva; Stein', 'Jürgen "J" Groß'].map((name) => book.addMember(name));
  const projects = ['Roof, new', 'Cellar'].map((name) => book.addProject(name));
  for (const [index, contact] of random(seed).entries()) {
    const some = (ids: string[]) => ids.filter((_, place) => (index >> place) % 2 === 1);
    // A card has one picture: a contact's own comes before the address of another.
    const imageId = index % 3 === 0 && contact.scalars?.imageUrl === null ? book.images.add('image/gif', Buffer.from(`GIF89a-${index}`)) : null;
    book.create({ ...contact, sets: { tags: some(tags), members: some(members), projects: some(projects) }, imageId });
  }
  return book;
}

/** An empty book that has the same people and projects. */
function emptyBook(): TestBook {
  const book = openBook();
  for (const name of ['Eva; Stein', 'Jürgen "J" Groß']) book.addMember(name);
  for (const name of ['Roof, new', 'Cellar']) book.addProject(name);
  return book;
}

const byId = (contacts: Contact[]) => contacts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
const pictures = (book: TestBook) =>
  byId(book.contacts()).map(({ imageId }) => (imageId === null ? null : book.images.find(imageId)?.bytes.toString('utf8')));

const exports = [
  ['JSON', { format: 'json' }, 'a.json'],
  ['plain CSV', { format: 'csv' }, 'a.csv'],
  ['CSV for spreadsheets', { format: 'csv', profile: 'spreadsheet' }, 'a.csv'],
  ['vCard 3.0', { format: 'vcf' }, 'a.vcf'],
  ['vCard 4.0', { format: 'vcf', version: '4.0' }, 'a.vcf'],
] as const;

describe.each(exports)('an export as %s', (_, options, name) => {
  it('changes nothing when it is imported into the same book, whoever reads it', async () => {
    const book = filledBook(1);
    const before = book.contacts();
    const report = await book.import(await book.export(options), { name });
    expect(report.errors).toEqual([]);
    expect(report.counts).toEqual({ create: 0, update: 0, skip: 60, error: 0 });
    expect(book.contacts()).toEqual(before);
  });

  it('makes the same contacts in an empty book, whose own export then says the same', async () => {
    const book = filledBook(2);
    const other = emptyBook();
    const report = await other.import(await book.export(options), { name });
    expect(report.counts).toEqual({ create: 60, update: 0, skip: 0, error: 0 });
    const isCard = options.format === 'vcf';
    const comparable = (contacts: Contact[]) =>
      byId(contacts).map((contact) => ({ id: contact.id, ...said(contact), ...(isCard ? { members: [], projects: [], extra: null } : {}) }));
    expect(comparable(other.contacts())).toEqual(comparable(book.contacts()));
    if (options.format !== 'csv') expect(pictures(other)).toEqual(pictures(book));
    const again = await other.import(await other.export(options), { name });
    expect(again.counts).toEqual({ create: 0, update: 0, skip: 60, error: 0 });
  });
});
