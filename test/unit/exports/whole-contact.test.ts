import { describe, expect, it } from 'vitest';
import { openBook, said, type TestBook } from '../imports/support.ts';

function fill(book: TestBook): void {
  const sets = { tags: [book.addTag('Key')], members: [book.addMember('Ann Lee'), book.addMember('Bo, Roe')], projects: [book.addProject('Bridge; north')] };
  book.create({ scalars: { name: 'Off', isActive: false, isArchived: true, contactType: 'LEAD', budget: 2.5, inviteStatus: 'ACCEPTED' }, address: { fiscalInformation: 'VAT 1' }, sets });
  book.create({ scalars: { name: 'Kept' }, extra: { columns: { Shoe: '39' }, json: { deep: { list: [1, 'two', null] } }, uid: 'outside-7', members: ['Nobody Known'] } });
}

describe.each([{ format: 'csv' }, { format: 'vcf' }, { format: 'vcf', version: '4.0' }, { format: 'json' }] as const)('the export %o', (input) => {
  it('takes everything of a contact to another book and back, and changes nothing at home', async () => {
    const [book, other] = [openBook(), openBook()];
    fill(book);
    other.addMember('Ann Lee');
    const before = book.contacts();
    const file = await book.export(input);
    const name = `a.${input.format}`;
    expect((await book.import(file, { name, match: 'uid' })).counts).toMatchObject({ create: 0, update: 0, skip: 2 });
    await other.import(file, { name });
    const flags = ({ isActive, isArchived }: { isActive: boolean; isArchived: boolean }) => ({ isActive, isArchived });
    expect(flags(other.named('Off'))).toEqual({ isActive: false, isArchived: true });
    expect(said(other.named('Off'))).toMatchObject({ members: ['Ann Lee'], contactType: 'LEAD', budget: 2.5, inviteStatus: 'ACCEPTED', fiscalInformation: 'VAT 1' });
    const json = { deep: { list: [1, 'two', null] } };
    expect(other.named('Kept').extra).toMatchObject({ json, uid: 'outside-7', members: ['Nobody Known'] });
    const back = await other.export(input);
    for (const unknown of ['Bo\\, Roe', 'Bridge; north'].map((text) => (input.format === 'vcf' ? text : text.replace('\\', '')))) expect(back).toContain(unknown);
    expect((await book.import(back, { name, match: 'uid' })).counts).toMatchObject({ create: 0, error: 0 });
    expect(book.contacts().map(said).map(({ extra: _extra, ...rest }) => rest)).toEqual(before.map(said).map(({ extra: _extra, ...rest }) => rest));
  });
});

it('a tag comes with its colour, icon and description', async () => {
  const book = openBook();
  await book.import(JSON.stringify([{ name: 'Ann', tags: [{ name: 'VIP', color: '#ff0000', icon: 'star', description: 'Call first', textColor: '#fff' }] }]), { name: 'a.json' });
  expect(book.lists.tags.all()[0]).toMatchObject({ name: 'VIP', color: '#ff0000', icon: 'star', description: 'Call first', textColor: '#fff' });
});

it('fields of Ever Gauzy go out under its name and come in under ours too', async () => {
  const book = openBook();
  await book.import('BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nX-FIELDBOOK-CONTACT-TYPE:LEAD\nX-GAUZY-BUDGET:3\nEND:VCARD\n', { name: 'a.vcf' });
  expect(book.named('Ann')).toMatchObject({ contactType: 'LEAD', budget: 3 });
  book.create({ scalars: { name: 'Bob', contactType: 'VENDOR' } });
  const exported = await book.export({ format: 'vcf' });
  expect(exported).toContain('X-GAUZY-CONTACT-TYPE:VENDOR');
  expect(exported).not.toContain('X-FIELDBOOK-ACTIVE');
});

it('a spreadsheet has all columns, the 501st and later in one of their own', async () => {
  const book = openBook();
  const columns = Object.fromEntries(Array.from({ length: 502 }, (_, index) => [`C${index}`, `v${index}`]));
  book.create({ scalars: { name: 'Ann' }, extra: { columns } });
  const csv = await book.export({ format: 'csv', profile: 'spreadsheet' });
  expect(csv).toContain('"C500: v500\nC501: v501"');
});
