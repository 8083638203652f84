import { describe, expect, it } from 'vitest';
import { recogniseHeader } from '../../../electron/formats/csv-presets.ts';
import { readPhone } from '../../../shared/phone.ts';
import { openBook, owner, said } from './support.ts';

const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');

describe('what comes in again changes nothing', () => {
  it.each(['3.0', '4.0'] as const)('when a number was cleared that the card has others beside, as %s', async (version) => {
    const book = openBook();
    await book.import(card('UID:u1', 'FN:Ann', 'TEL:+49 30 1', 'TEL:+49 30 2'), { name: 'a.vcf' });
    book.edit(book.named('Ann').id, { scalars: { primaryPhone: null } });
    expect((await book.import(await book.export({ format: 'vcf', version }), { name: 'a.vcf' })).counts.skip).toBe(1);
    expect(book.named('Ann').primaryPhone).toBeNull();
  });

  it('when a text had other line breaks', async () => {
    const book = openBook();
    await book.import('name,primaryEmail,notes\nAnn,ann@example.org,"a\r\nb"\n');
    expect((await book.import(await book.export({ format: 'vcf' }), { name: 'a.vcf' })).counts.skip).toBe(1);
    expect((await book.import('name,primaryEmail,notes\nAnn,ann@example.org,"a\nb"\n')).counts.skip).toBe(1);
  });

  it('when a card of 4.0 goes out as 3.0, and its REV stays', async () => {
    const book = openBook();
    await book.import(card('UID:u1', 'FN:Ann', 'TEL;VALUE=uri:tel:+49-30-1;ext=5', 'GEO:geo:1,2;u=10', 'REV:20240101T000000Z').replace('3.0', '4.0'), { name: 'a.vcf' });
    const three = await book.export({ format: 'vcf' });
    expect(three).toContain('REV:20240101T000000Z');
    const other = openBook();
    await other.import(three, { name: 'a.vcf' });
    expect(other.named('Ann').primaryPhone).toBe(book.named('Ann').primaryPhone);
    const four = await other.export({ format: 'vcf', version: '4.0' });
    for (const line of ['TEL;VALUE=uri:tel:+49-30-1;ext=5', 'GEO:geo:1,2;u=10']) expect(four).toContain(`${line}\r\n`);
  });
});

it('an edited address loses the label that was written for the old one', async () => {
  const book = openBook();
  await book.import(card('UID:u1', 'FN:Ann', 'ADR;TYPE=home:;;Way 1;Bonn;;;', 'LABEL;TYPE=home:Way 1\\nBonn'), { name: 'a.vcf' });
  expect(await book.export({ format: 'vcf' })).toContain('LABEL;TYPE=home:Way 1');
  book.edit(book.named('Ann').id, { address: { address: 'Way 2' } });
  expect(await book.export({ format: 'vcf' })).not.toContain('Way 1');
});

it('undo lists a contact that was edited since it was made, and moves it to the trash with the others', async () => {
  const book = openBook();
  const { id } = await book.import('name\nAnn\nBob\n');
  const ann = book.named('Ann').id;
  book.edit(ann, { scalars: { notes: 'mine' } });
  const { kept } = await book.imports.undo(id, owner);
  expect(kept).toEqual([{ contactId: ann, name: 'Ann', field: 'contact' }]);
  expect(book.contacts()).toEqual([]);
});

it('a column of another list that is called like a field of ours does not stop the guessing', () => {
  expect(recogniseHeader(['Full Name', 'E-mail', 'contactType'])).toEqual({
    program: 'unknown', mapping: { 'Full Name': 'name', 'E-mail': 'primaryEmail', contactType: 'contactType' },
  });
  expect(recogniseHeader(['name', 'primaryEmail', 'Shoe']).program).toBe('fieldbook');
});

it('flat JSON of other programs fills the fields it means', async () => {
  const book = openBook();
  await book.import(JSON.stringify([{ name: 'Ann', email: 'ann@example.org', phone: '+49 30 1', company: 'Acme', budget: '12' }, { name: 'Bob', email: 'b@example.org', primaryEmail: 'bob@example.org' }]), { name: 'a.json' });
  expect(said(book.named('Ann'))).toMatchObject({ primaryEmail: 'ann@example.org', primaryPhone: '+49 30 1', budget: 12, extra: { columns: { Company: 'Acme' } } });
  expect(said(book.named('Bob'))).toMatchObject({ primaryEmail: 'bob@example.org', extra: { json: { email: 'b@example.org' } } });
});

it.each([
  ['+1-800-FLOWERS', '+1-800-MYFAX'], ['+49 30 1234567 ext. 12', '+49 30 1234567 ext. 13'], ['+49 30 1234567', '+49 30 1234567 x12'], ['1 800 FLOWERS', '1 800 356 9378'],
])('%s is another number than %s', (one, other) => {
  expect(readPhone(one, 'US')?.match).not.toBe(readPhone(other, 'US')?.match);
});

it.each([
  ['+1-800-FLOWERS', '1800flowers'], ['030 1234567 privat', '030 1234567 (privat)'], ['030-1234567 ext 12', '+49 30 1234567;ext=12'],
])('%s is the same number as %s', (one, other) => {
  expect(readPhone(one, 'DE')?.match).toBe(readPhone(other, 'DE')?.match);
});
