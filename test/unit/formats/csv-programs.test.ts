import { describe, expect, test } from 'vitest';
import { type Program, recogniseHeader } from '../../../electron/formats/csv-presets.ts';
import { companyOf } from '../../../shared/vcard/occupation.ts';
import { readCsv } from '../../../electron/formats/csv-read.ts';
import { createRecordReader } from '../../../electron/formats/csv-record.ts';
import type { ImportRecord } from '../../../electron/formats/import-record.ts';
import * as fixtures from './fixtures.ts';
import { once } from './streams.ts';

interface Imported {
  program: Program;
  records: ImportRecord[];
}

async function importText(text: string): Promise<Imported> {
  let program: Program = 'unknown';
  let read: ReturnType<typeof createRecordReader> | undefined;
  const onHeader = (header: string[]) => {
    const recognised = recogniseHeader(header);
    program = recognised.program;
    read = createRecordReader(header, recognised.mapping, { program });
  };
  const records: ImportRecord[] = [];
  for await (const { cells } of readCsv(once(text), { onHeader })) {
    if (read) records.push(read(cells));
  }
  return { program, records };
}

async function first(text: string): Promise<ImportRecord & { program: Program }> {
  const { program, records } = await importText(text);
  const [record] = records;
  if (!record) throw new Error('no record');
  expect(record.errors).toEqual([]);
  return { ...record, program };
}

describe('the export of a program is understood without a mapping', () => {
  test('Google Contacts', async () => {
    const zoe = await first(fixtures.google);
    expect(zoe.program).toBe('google');
    expect(zoe.values).toEqual({
      name: 'Zoë Maria Ångström', firstName: 'Zoë', lastName: 'Ångström', primaryEmail: 'zoe@nordlys.example',
      primaryPhone: '+47 (900) 12-345', fax: '+47 22 00 00 01', website: 'https://nordlys.example',
      notes: 'Met in Oslo\nLikes tea',
      address: 'Storgata 1', address2: '3rd floor', city: 'Oslo', postcode: '0155', country: 'NO',
    });
    expect(zoe.tags).toEqual(['Friends', 'VIP', 'starred']);
    expect(zoe.extra.columns).toMatchObject({
      'Organization Name': 'Nordlys AS', 'Middle Name': 'Maria', Birthday: '1980-02-29',
      'E-mail 1 - Value': 'zoe.a@nordlys.example',
      'E-mail 2 - Value': 'zoe@home.example', 'E-mail 2 - Label': 'Home', 'Custom Field 1 - Value': '39',
      'Address 1 - Formatted': 'Storgata 1\n0155 Oslo\nNO',
    });
  });

  test('a company without a person is called by its company', async () => {
    const { records } = await importText(fixtures.google);
    expect(records[1]).toMatchObject({ values: { name: 'Only A Company Ltd' }, tags: [], errors: [] });
  });

  test('Google Contacts of former years', async () => {
    const ann = await first(fixtures.googleOld);
    expect(ann.program).toBe('google-old');
    expect(ann.values).toEqual({
      name: 'Ann Lee', firstName: 'Ann', lastName: 'Lee', primaryEmail: 'ann@lee.example', primaryPhone: '0151 234 567',
    });
    expect(ann.tags).toEqual(['Clients']);
    expect(ann.extra.columns).toMatchObject({ 'Organization 1 - Name': 'Lee & Sons' });
  });

  test('Outlook: addresses are never mixed, empty dates are none, an Exchange address is no e-mail', async () => {
    const rene = await first(fixtures.outlook);
    expect(rene.program).toBe('outlook');
    expect(rene.values).toEqual({
      name: 'René Groß', firstName: 'René', lastName: 'Groß', primaryEmail: 'rene@gross.example',
      primaryPhone: '0228 123456',
      fax: '0228 111', address: 'Hauptstraße 5', city: 'Bonn', postcode: '53111', country: 'Germany',
      website: 'http://gross.example',
    });
    expect(rene.tags).toEqual(['Business', 'VIP']);
    expect(rene.extra.columns).toEqual({
      Title: 'Dr.', Company: 'Groß & Co', 'Business Country/Region': 'Germany', "Assistant's Phone": '0228 999',
      'Mobile Phone': '0171 5555',
      'E-mail Address': '/o=ExchangeLabs/ou=Exchange/cn=rene', 'E-mail Type': 'EX', Priority: 'Normal',
    });
    expect(rene.warnings).toMatchObject([{ column: 'E-mail Address', field: 'primaryEmail' }]);
  });

  test('Outlook with "Business Country"', async () => {
    const amy = await first(fixtures.outlookBusinessCountry);
    expect(amy.values).toMatchObject({ name: 'Amy', address: '1 High St', city: 'Leeds', country: 'United Kingdom' });
  });

  test('Outlook in German', async () => {
    const jana = await first(fixtures.outlookGerman);
    expect(jana.program).toBe('outlook');
    expect(jana.values).toEqual({
      name: 'Jana Müller', firstName: 'Jana', lastName: 'Müller', primaryEmail: 'jana@mueller.example',
      primaryPhone: '0221 1', fax: '0221 2',
      address: 'Ring 3', city: 'Köln', regionCode: 'NRW', postcode: '50667', country: 'Deutschland', notes: 'ruft an',
      website: 'www.mueller.example',
    });
    expect(jana.extra.columns).toEqual({ Anrede: 'Frau', Firma: 'Müller GmbH', 'Ort privat': 'Bonn' });
    expect(jana.tags).toEqual(['Kunden']);
  });

  test('Outlook in French', async () => {
    const eloise = await first(fixtures.outlookFrench);
    expect(eloise.program).toBe('outlook');
    expect(eloise.values).toEqual({
      name: 'Éloïse Dupont', firstName: 'Éloïse', lastName: 'Dupont', primaryEmail: 'eloise@dupont.example',
      primaryPhone: '01 40 00 00 00',
      address: '1 rue de Lyon', city: 'Paris', postcode: '75012', country: 'France',
    });
  });

  test('Outlook in Spanish', async () => {
    const bego = await first(fixtures.outlookSpanish);
    expect(bego.program).toBe('outlook');
    expect(bego.values).toMatchObject({
      name: 'Begoña Núñez', primaryEmail: 'bego@nunez.example', primaryPhone: '600 000 000', address: 'Calle Mayor 1',
      city: 'Madrid', country: 'España',
    });
  });

  test('Thunderbird', async () => {
    const linus = await first(fixtures.thunderbird);
    expect(linus.program).toBe('thunderbird');
    expect(linus.values).toEqual({
      name: 'Linus B.', firstName: 'Linus', lastName: 'Berg', primaryEmail: 'linus@berg.example', primaryPhone: '070-1',
      fax: '08-2',
      address: 'Gatan 1', city: 'Umeå', postcode: '90325', country: 'SE',
    });
    expect(linus.extra.columns).toEqual({ Organization: 'Berg AB', 'Secondary Email': 'lb@berg.example', 'Custom 1': 'chess' });
  });

  test('HubSpot: its stages are types where they can be, and never refuse a row', async () => {
    const { program, records } = await importText(fixtures.hubspot);
    expect(program).toBe('hubspot');
    expect(records[0]).toMatchObject({ values: { name: 'Hu Spot', contactType: 'LEAD', primaryPhone: '+1 555 0100' }, errors: [] });
    expect(records[1]).toMatchObject({
      values: { name: 'only@spot.example' }, errors: [],
      warnings: [{ column: 'Lifecycle Stage', field: 'contactType' }],
      extra: { columns: { 'Record ID': '52', 'Lifecycle Stage': 'Subscriber' } },
    });
  });

  test('a Salesforce report', async () => {
    const sal = await first(fixtures.salesforce);
    expect(sal.program).toBe('salesforce');
    expect(sal.values).toMatchObject({ name: 'Sal Force', address: '1 Main St', regionCode: 'NV', primaryPhone: '(775) 555-0100' });
    expect(companyOf(sal.extra)).toBe('Force LLC');
    expect(sal.extra.columns).toEqual({ Title: 'CEO', 'Account Name': 'Force LLC' });
  });

  test("a list with our own field names, as the API's documentation has them", async () => {
    const ann = await first('name,primaryEmail,contactType,tags,Shoe size\nAnn,ann@lee.example,client,VIP; New,39\n');
    expect(ann).toMatchObject({
      program: 'fieldbook', values: { name: 'Ann', primaryEmail: 'ann@lee.example', contactType: 'CLIENT' },
      tags: ['VIP', 'New'],
      extra: { columns: { 'Shoe size': '39' } },
    });
  });
});

describe('a list made by hand is guessed', () => {
  test.each([
    ['Name;Firma;E-Mail;Telefon;PLZ;Ort', 'Ann;Acme;a@b.example;030 1;10115;Berlin', { name: 'Ann', postcode: '10115', city: 'Berlin' }],
    ['Name;Vorname;Handy', 'Lee;Ann;0171 1', { name: 'Ann Lee', firstName: 'Ann', lastName: 'Lee', primaryPhone: '0171 1' }],
    ['Nom;Prénom;Courriel;Société', 'Dupont;Luc;l@d.example;SA', { name: 'Luc Dupont', primaryEmail: 'l@d.example' }],
    ['Nombre;Apellidos;Correo electrónico;Ciudad', 'Ana;Ruiz;a@r.example;Vigo', { name: 'Ana Ruiz', city: 'Vigo' }],
    ['氏名,メールアドレス,電話番号,住所', '山田太郎,y@t.example,03-1,東京', { name: '山田太郎', primaryPhone: '03-1', address: '東京' }],
    ['姓,名,会社名', '山田,太郎,テスト', { name: '山田太郎', firstName: '太郎', lastName: '山田' }],
    ['Company name\tWork E-mail\tMain phone 1', 'Acme\ta@b.example\t555', { name: 'Acme', primaryPhone: '555' }],
  ])('%s', async (header, row, values) => {
    const record = await first(`${header}\n${row}\n`);
    expect(record.program).toBe('unknown');
    expect(record.values).toMatchObject(values);
  });

  test('only one column is the name, and a column named like a built-in is a column', () => {
    const { mapping } = recogniseHeader(['Name', 'Full name', 'constructor', '__proto__']);
    expect(Object.entries(mapping)).toEqual([['Name', 'name'], ['Full name', null], ['constructor', null], ['__proto__', null]]);
  });
});
