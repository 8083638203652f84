import { describe, expect, it } from 'vitest';
import { matches, openBook, sorted } from './support.ts';

const people = [
  'Name,Company,E-mail,Phone,Notes',
  'Ann Lee,Acme,ann@example.org,+49 30 1234567,likes tea',
  'Bob Ray,,bob@example.org,,',
  'Carla Roe,Acme,,030 7654321,"two\nlines"',
  'Dan Only,,,,',
].join('\n');

describe('importing the same file again', () => {
  it.each(matches)('changes nothing when rows are matched by %s', async (match) => {
    const book = openBook();
    await book.import(people, { match });
    const before = book.contacts();
    const again = await book.import(people, { match });
    expect(before).toHaveLength(4);
    expect(again.counts).toEqual({ create: 0, update: 0, skip: 4, error: 0 });
    expect(book.contacts()).toEqual(before);
  });

  it('makes every contact once more when nothing is matched, as was asked for', async () => {
    const book = openBook();
    await book.import(people, { match: 'none' });
    const again = await book.import(people, { match: 'none' });
    expect(again.counts).toEqual({ create: 4, update: 0, skip: 0, error: 0 });
    expect(book.contacts()).toHaveLength(8);
  });

  it('finds each of several contacts that share an e-mail by their whole content', async () => {
    const book = openBook();
    const shared = 'name,primaryEmail\nAnn,info@acme.org\nBob,info@acme.org\n';
    await book.import(shared, { match: 'none' });
    const again = await book.import(shared, { match: 'email' });
    expect(again.counts).toEqual({ create: 0, update: 0, skip: 2, error: 0 });
  });

  it('creates the contacts anew when the first import was undone', async () => {
    const book = openBook();
    const card = 'BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:6f1c9b64-1111-4a1b-9d1e-0123456789ab\nFN:Ann\nEND:VCARD\n';
    const first = await book.import(card, { name: 'a.vcf' });
    expect(book.named('Ann').id).toBe('6f1c9b64-1111-4a1b-9d1e-0123456789ab');
    await book.imports.undo(first.id, { kind: 'owner', actor: 'ui' });
    expect(book.contacts()).toEqual([]);
    expect((await book.import(card, { name: 'a.vcf' })).counts.create).toBe(1);
    expect((await book.import(card, { name: 'a.vcf' })).counts.skip).toBe(1);
  });
});

describe('a row is matched', () => {
  it('by e-mail in any case', async () => {
    const book = openBook();
    book.create({ scalars: { name: 'Ann', primaryEmail: 'Ann@Example.org' } });
    const report = await book.import('name,primaryEmail\nAnn Lee,ann@example.ORG\n', { match: 'email' });
    expect(report.counts.update).toBe(1);
    expect(book.contacts().map(({ name }) => name)).toEqual(['Ann Lee']);
  });

  it('by phone, however it is written', async () => {
    const book = openBook();
    book.create({ scalars: { name: 'Ann', primaryPhone: '+49 (30) 123 45 67' } });
    const report = await book.import('name,primaryPhone\nAnn Lee,030/1234567\n', { match: 'phone' });
    expect(report.counts.update).toBe(1);
  });

  it('by name and company, without regard to case and diacritics', async () => {
    const book = openBook();
    book.create({ scalars: { name: 'José Núñez' }, extra: { columns: { Company: 'Acmé' } } });
    book.create({ scalars: { name: 'José Núñez' }, extra: { columns: { Company: 'Other' } } });
    const report = await book.import('Name,Company,E-mail\njose nunez,ACME,jose@example.org\n', { match: 'name' });
    expect(report.counts.update).toBe(1);
    expect(sorted(book.contacts().map(({ primaryEmail }) => primaryEmail ?? 'none'))).toEqual(['jose@example.org', 'none']);
  });

  it('by the UID that its card had, also when that is no UUID', async () => {
    const book = openBook();
    const card = (tel: string) => `BEGIN:VCARD\nVERSION:3.0\nUID:abc-1\nFN:Ann\nTEL:${tel}\nEND:VCARD\n`;
    await book.import(card('+49 30 1'), { name: 'a.vcf' });
    const report = await book.import(card('+49 30 2'), { name: 'a.vcf' });
    expect(report.match).toBe('uid');
    expect(report.counts.update).toBe(1);
    expect(book.named('Ann').primaryPhone).toBe('+49 30 2');
  });

  it('by name with e-mail or phone when it has no UID to be matched by', async () => {
    const book = openBook();
    const card = (extra: string) => `BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ann\r\nTEL;CELL:0301234567\r\n${extra}END:VCARD\r\n`;
    await book.import(card(''), { name: 'phone.vcf' });
    const report = await book.import(card('EMAIL:ann@example.org\r\n'), { name: 'phone.vcf' });
    expect(report.counts).toEqual({ create: 0, update: 1, skip: 0, error: 0 });
    expect(book.named('Ann').primaryEmail).toBe('ann@example.org');
  });

  it('of several with its name to the one that has both its e-mail and its phone', async () => {
    const book = openBook();
    const both = book.create({ scalars: { name: 'Ann', primaryEmail: 'ann@example.org', primaryPhone: '+49 30 111111' } });
    book.create({ scalars: { name: 'Ann', primaryPhone: '+49 30 111111' } });
    const { rows } = await book.import('Name,E-mail,Phone,City\nAnn,ann@example.org,030 111111,Ulm\n', { match: 'uid', dryRun: true });
    expect(rows).toMatchObject([{ action: 'update', contactId: both.id }]);
  });

  it('never to one of several contacts: it is an error that says so', async () => {
    const book = openBook();
    book.create({ scalars: { name: 'Ann', primaryEmail: 'info@acme.org' } });
    book.create({ scalars: { name: 'Bob', primaryEmail: 'info@acme.org' } });
    const report = await book.import('name,primaryEmail\nCarla,info@acme.org\n', { match: 'email' });
    expect(report.counts.error).toBe(1);
    expect(report.errors).toEqual([{ row: 2, field: 'email', message: '2 contacts have this e-mail: the match is ambiguous.' }]);
    expect(book.contacts()).toHaveLength(2);
  });

  it('never to a contact in the trash', async () => {
    const book = openBook();
    const { id } = book.create({ scalars: { name: 'Ann', primaryEmail: 'ann@example.org' } });
    book.writer.run({ actor: 'ui', label: 'Deleted', state: 'done' }, (edit) => {
      const record = edit.find(id);
      if (record) edit.setDeleted(record, true);
    });
    expect((await book.import('name,primaryEmail\nAnn,ann@example.org\n')).counts.create).toBe(1);
  });

  it('by UID if the file is our own CSV, else by e-mail, when nobody chose', async () => {
    const book = openBook();
    book.create({ scalars: { name: 'Ann', primaryEmail: 'ann@example.org' } });
    const exported = await book.export({ format: 'csv' });
    expect((await book.import(exported)).match).toBe('uid');
    expect((await book.import('Name,E-Mail\nAnn,ann@example.org\n')).match).toBe('email');
  });
});

describe('rows of one file about the same contact', () => {
  it('add to each other what the earlier ones left out', async () => {
    const book = openBook();
    const file = 'name,primaryEmail,city\nAnn,ann@example.org,\nAnn,ann@example.org,Berlin\nAnn,ann@example.org,Berlin\n';
    const report = await book.import(file);
    expect(report.counts).toEqual({ create: 1, update: 1, skip: 1, error: 0 });
    expect(book.named('Ann').contact?.city).toBe('Berlin');
    expect((await book.import(file)).counts).toEqual({ create: 0, update: 0, skip: 3, error: 0 });
  });

  it('are refused where they contradict an earlier one, and again when the file comes again', async () => {
    const book = openBook();
    const file = 'name,primaryEmail\nAnn,info@acme.org\nBob,info@acme.org\n';
    const report = await book.import(file);
    expect(report.counts).toEqual({ create: 1, update: 0, skip: 0, error: 1 });
    expect(report.errors?.[0]).toMatchObject({ row: 3, field: 'name' });
    expect(report.errors?.[0]?.message).toContain('same contact as row 2');
    expect((await book.import(file)).counts).toEqual({ create: 0, update: 0, skip: 1, error: 1 });
    expect(book.contacts().map(({ name }) => name)).toEqual(['Ann']);
  });
});
