import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinNames, plainCell, restoreCell, spreadsheetCell, splitNames } from '../../../electron/formats/csv-cell.ts';
import { recogniseHeader } from '../../../electron/formats/csv-presets.ts';
import { readCsv } from '../../../electron/formats/csv-read.ts';
import { createRecordReader } from '../../../electron/formats/csv-record.ts';
import { csvHeader, type CsvProfile, csvRow } from '../../../electron/formats/csv-write.ts';
import { decodeText } from '../../../electron/formats/decode.ts';
import { surveyBytes } from '../../../electron/formats/survey.ts';
import type { ImportRecord } from '../../../electron/formats/import-record.ts';
import { budgetTypes, type Contact, contactTypes } from '../../../shared/contact.ts';
import { once } from './streams.ts';

const base = {
  tenantId: 't', organizationId: 'o', createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-02T00:00:00.000Z',
  deletedAt: null,
  createdByUserId: null, updatedByUserId: null, deletedByUserId: null, isActive: true, isArchived: false,
  archivedAt: null,
};

const noAddress = {
  name: null, firstName: null, lastName: null, website: null, address: null, address2: null, city: null,
  regionCode: null,
  postcode: null, country: null, fax: null, fiscalInformation: null, latitude: null, longitude: null,
};

type Address = NonNullable<Contact['contact']>;
const tagLook = { color: '#000', textColor: null, icon: null, description: null, isSystem: false };

function contact(fields: Partial<Contact>, address: Partial<Address> = {}, tags: string[] = []): Contact {
  return {
    ...base, id: '6f1c8a52-0000-4000-8000-000000000001', name: 'Ann Lee', contactType: 'CLIENT', primaryEmail: null,
    primaryPhone: null,
    imageUrl: null, budget: null, budgetType: null, notes: null, inviteStatus: null, contactId: 'c', imageId: null,
    image: null, rev: 1,
    extra: null, contact: { ...base, ...noAddress, id: 'c', ...address },
    tags: tags.map((name) => ({ ...base, ...tagLook, id: name, name })),
    members: [], projects: [], ...fields,
  };
}

async function reread(contacts: Contact[], profile: CsvProfile, columns: string[] = []): Promise<ImportRecord[]> {
  const text = csvHeader({ profile, columns }) + contacts.map((one) => csvRow(one, { profile, columns })).join('');
  const records: ImportRecord[] = [];
  let read: ReturnType<typeof createRecordReader> | undefined;
  const onHeader = (header: string[]) => {
    const { program, mapping } = recogniseHeader(header);
    expect(program).toBe('fieldbook');
    read = createRecordReader(header, mapping, { program });
  };
  for await (const { cells, error } of readCsv(decodeText(once(Buffer.from(text)), await surveyBytes(once(Buffer.from(text)))), { onHeader })) {
    expect(error).toBeUndefined();
    if (read) records.push(read(cells));
  }
  return records;
}

/** What a contact's fields look like in a record: no nulls, and no times, which the book sets itself. */
function expected(one: Contact) {
  const { name, contactType, primaryEmail, primaryPhone, imageUrl, budget, budgetType, notes, inviteStatus, isActive, isArchived } = one;
  const keys = Object.keys(noAddress).filter((key) => key !== 'name') as (keyof Address)[];
  const all = {
    name, contactType, primaryEmail, primaryPhone, imageUrl, budget, budgetType, notes, inviteStatus, isActive,
    isArchived, ...Object.fromEntries(keys.map((key) => [key, one.contact?.[key] ?? null])),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

const hostile = [
  '=1+1', '+49 30 123', '-5', '@SUM(A1)', '\t=1', '\r\n=1', "'=1", "''+1", "'", "' =x", ' -x', '＝1', 'a"b,c;d\n e', '"',
  "'t Hart",
];

describe('a CSV export', () => {
  test('has our field names, and a line for each contact', () => {
    const header = csvHeader({ profile: 'plain', columns: ['Birthday'] });
    expect(header).toBe(
      'id,name,contactType,primaryEmail,primaryPhone,firstName,lastName,website,address,address2,city,regionCode,' +
      'postcode,country,fax,' +
        'fiscalInformation,latitude,longitude,budget,budgetType,notes,inviteStatus,imageUrl,isActive,isArchived,' +
        'tags,members,projects,' +
        'createdAt,updatedAt,Birthday,extra\r\n',
    );
    const extra = { columns: { Birthday: '1980' } };
    const address = { city: 'Köln', latitude: -33.8 };
    const one = contact({ primaryPhone: '+49 30 123', extra }, address, ['VIP', 'a;b']);
    expect(csvRow(one, { profile: 'plain', columns: ['Birthday'] })).toBe(
      '6f1c8a52-0000-4000-8000-000000000001,Ann Lee,CLIENT,,+49 30 123,,,,,,Köln,,,,,,-33.8,,,,,,,true,false,"VIP; a\\;b",,,' +
        '2026-01-01T00:00:00.000Z,2026-01-02T00:00:00.000Z,1980,\r\n',
    );
  });

  test('for spreadsheets starts with a byte order mark and has no cell that could be run', () => {
    const extra = { columns: Object.fromEntries(hostile.map((text) => [text, text])) };
    const columns = Object.keys(extra.columns);
    const writing = { profile: 'spreadsheet', columns } as const;
    const text = csvHeader(writing) + csvRow(contact({ name: '=cmd()', notes: '\t@x', extra }, {}, ['=t']), writing);
    expect(text.startsWith('\ufeff')).toBe(true);
    const cells = text.slice(1).split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)|\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    const dangerous = cells.filter((cell) => /^\s*[=+\-@\t\r＝＋－＠]/.test(cell.replace(/^"|"$/g, '')));
    expect(dangerous).toEqual([]);
  });

  test('plain leaves phones and everything else as they are', () => {
    for (const text of hostile.filter((cell) => !/^'+\s*[=+\-@]/.test(cell))) {
      const line = csvRow(contact({ name: text }), { profile: 'plain', columns: [] });
      expect(line).toContain(/[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : `,${text},`);
    }
  });

  test.each(['plain', 'spreadsheet'] as const)('%s reads back as the same contacts, whatever they hold', async (profile) => {
    const anyText = fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ unit: fc.constantFrom('=', "'", ' ', '+', '\t', '\n', 'a', '"', ','), minLength: 1 }),
    );
    const text = anyText.filter((value) => value.trim() !== '' && !value.includes('\0') && value.isWellFormed());
    const maybe = fc.option(text);
    const number = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0));
    const degrees = fc.option(fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value + 0));
    const tag = text.map((value) => value.trim());
    const contacts = fc.record({
      fields: fc.record({
        name: text, primaryPhone: maybe, notes: maybe, budget: number, contactType: fc.constantFrom(...contactTypes),
        budgetType: fc.option(fc.constantFrom(...budgetTypes)), primaryEmail: fc.option(fc.constant('ann@lee.example')),
        extra: fc.option(
          fc.record({ columns: fc.dictionary(tag.filter((name) => name !== '__proto__'), text, { minKeys: 1, maxKeys: 4 }) }),
        ),
      }),
      address: fc.record({ firstName: maybe, address: maybe, city: maybe, fax: maybe, latitude: degrees }),
      tags: fc.uniqueArray(tag, { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(contacts, fc.boolean(), async ({ fields, address, tags }, ownColumns) => {
        const one = contact(fields, address, tags);
        const columns = ownColumns || profile === 'spreadsheet' ? Object.keys(fields.extra?.columns ?? {}) : [];
        const [record] = await reread([one], profile, columns);
        expect(record?.errors).toEqual([]);
        expect(record?.values).toEqual(expected(one));
        expect(record?.tags).toEqual(tags);
        expect(record?.uid).toBe(one.id);
        expect(record?.extra).toEqual(fields.extra ?? {});
      }),
    );
  });

  test('keeps extra columns that are called like our own, and what else extra holds', async () => {
    const extra = {
      columns: { notes: 'n', 'extra.x': 'x', extra: 'e', id: '7', Birthday: '1980' },
      vcard: { version: '3.0', properties: [] },
    };
    const [record] = await reread([contact({ extra })], 'plain', Object.keys(extra.columns));
    expect(record?.extra).toEqual(extra);
    const [unlisted] = await reread([contact({ extra })], 'plain');
    expect(unlisted?.extra).toEqual(extra);
  });

  test('names members and projects', async () => {
    const user = { id: 'u', name: 'Bo', firstName: null, lastName: null, email: null, imageUrl: null };
    const members = [{ ...base, id: 'm', fullName: 'Bo; Berg', user }];
    const [record] = await reread([contact({ members, projects: [{ ...base, id: 'p', name: 'Alpha', code: null }] })], 'spreadsheet');
    expect(record).toMatchObject({ members: [{ name: 'Bo; Berg' }], projects: [{ name: 'Alpha' }] });
  });
});

test('any text is restored from its cell, in either profile', () => {
  const unit = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' ', "'", 'a', '＝');
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      expect(restoreCell(spreadsheetCell(text))).toBe(text);
      expect(restoreCell(plainCell(text))).toBe(text);
    }),
  );
});

test('any names fit into one cell', () => {
  const name = fc.string({ unit: fc.constantFrom('a', ';', '\\', ' ', ':') }).map((text) => text.trim()).filter((text) => text !== '');
  fc.assert(
    fc.property(fc.array(name), (names) => {
      expect(splitNames(joinNames(names))).toEqual(names);
    }),
  );
});
