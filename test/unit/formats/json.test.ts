import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonItem, readJson } from '../../../electron/formats/json-read.ts';
import { recordFromJson } from '../../../electron/formats/json-record.ts';
import { collect, inChunks, once } from './streams.ts';

const read = (text: string, sizes = [text.length + 1]): Promise<JsonItem[]> => collect(readJson(inChunks(text, sizes)));
const values = (items: JsonItem[]) => items.map((item) => ('value' in item ? item.value : item.error));

describe('reading JSON', () => {
  test('takes a list, our own export, and a list answer of the API', async () => {
    const list = [{ name: 'Ann', tags: ['a'] }, { name: 'Bob "B" {' }];
    expect(values(await read(JSON.stringify(list)))).toEqual(list);
    expect(values(await read(JSON.stringify({ contacts: list })))).toEqual(list);
    expect(values(await read(JSON.stringify({ total: 2, filters: { items: [{ name: 'no' }] }, items: list }, null, 2)))).toEqual(list);
    expect(await read('[]')).toEqual([]);
  });

  test('one broken contact is the error of its row', async () => {
    const items = await read('[{"name":"Ann"}, {"name":}, 7, {"name":"Bob"}]');
    expect(items.map(({ row }) => row)).toEqual([1, 2, 3, 4]);
    expect(items[1]).toMatchObject({ error: expect.stringContaining('not valid JSON') });
    expect(items[2]).toEqual({ row: 3, error: 'The list item is not an object.' });
    expect(items[3]).toEqual({ row: 4, value: { name: 'Bob' } });
  });

  test('a file that was cut gives what is whole and says so', async () => {
    expect(await read('{"contacts":[{"name":"Ann"},{"name":"B')).toEqual([
      { row: 1, value: { name: 'Ann' } },
      { row: 2, error: 'The file ends in the middle of its contacts.' },
    ]);
  });

  test.each(['', '7', '"x"', '{}', '{"people":[{"name":"Ann"}]}', 'name,email\nAnn,x'])('%j holds no contacts and is refused', async (text) => {
    await expect(read(text)).rejects.toThrow('holds no contacts');
  });

  test('a contact too long or too deep is skipped without being held', async () => {
    async function* file(): AsyncGenerator<string> {
      yield '[{"name":"Ann","notes":"';
      for (let block = 0; block < 70; block += 1) yield 'x'.repeat(1024 * 1024);
      yield `"},{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}},{"name":"Bob"}]`;
    }
    expect(await collect(readJson(file()))).toEqual([
      { row: 1, error: expect.stringContaining('64 Mi') },
      { row: 2, error: expect.stringContaining('64 levels') },
      { row: 3, value: { name: 'Bob' } },
    ]);
  });

  test('reads as a stream: the first contact comes before the file has ended', async () => {
    async function* file(): AsyncGenerator<string> {
      yield '{"contacts":[{"name":"Ann"},';
      throw new Error('read on too early');
    }
    for await (const item of readJson(file())) {
      expect(item).toEqual({ row: 1, value: { name: 'Ann' } });
      break;
    }
  });

  test('any contacts read back, in any chunks and any layout', async () => {
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as object;
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })).map(plain));
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(objects, sizes, fc.constantFrom(undefined, 2), fc.boolean(), async (list, cuts, indent, wrapped) => {
        const text = JSON.stringify(wrapped ? { 'a"\\': [{}], total: 1, contacts: list, items2: [1] } : list, null, indent);
        expect(values(await read(text, cuts))).toEqual(list);
      }),
    );
  });

  test('any text gives rows or a clear refusal', async () => {
    const text = fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', 'a', '"items"') });
    await fc.assert(
      fc.asyncProperty(text, async (any) => {
        await read(any, [3]).catch((error: Error) => expect(error.message).toContain('holds no contacts'));
      }),
    );
  });
});

describe('a contact of JSON', () => {
  test('our own export is read back whole', () => {
    const record = recordFromJson({
      id: '6f1c', tenantId: 't', rev: 7, createdAt: 'x', deletedAt: null, name: ' Ann ', contactType: 'CLIENT',
      primaryEmail: 'ann@lee.example',
      primaryPhone: '+49 30', budget: 12.5, budgetType: 'HOURS', notes: 'n', inviteStatus: null, imageUrl: null,
      isArchived: true,
      contact: { id: 'c', tenantId: 't', firstName: 'Ann', city: 'Köln', latitude: -33.8, fax: null, name: 'Head office' },
      tags: [{ id: '1', name: 'VIP', color: '#f00' }], members: [{ id: 'm', fullName: 'Bo' }],
      projects: [{ id: 'p', name: 'Alpha' }],
      invoices: [], extra: { columns: { Birthday: '1980' }, vcard: { version: '3.0' } },
    });
    expect(record).toEqual({
      values: {
        name: ' Ann ', contactType: 'CLIENT', primaryEmail: 'ann@lee.example', primaryPhone: '+49 30', budget: 12.5,
        budgetType: 'HOURS', notes: 'n',
        isArchived: true, firstName: 'Ann', city: 'Köln', latitude: -33.8,
      },
      uid: '6f1c', tags: ['VIP'], tagLooks: { VIP: { color: '#f00' } }, members: [{ id: 'm', name: 'Bo' }],
      projects: [{ id: 'p', name: 'Alpha' }],
      extra: { columns: { Birthday: '1980' }, vcard: { version: '3.0' }, json: { contact: { name: 'Head office' } } },
      errors: [], warnings: [],
    });
  });

  test('flat objects with tags by name are understood, unknown keys are kept', () => {
    const record = recordFromJson({
      firstName: 'Ann', lastName: 'Lee', city: 'Bonn', tags: ['VIP', ' VIP '], contactType: 'lead', shoe: { size: 39 },
      contact: 'Bob',
    });
    expect(record).toMatchObject({
      values: { name: 'Ann Lee', city: 'Bonn', contactType: 'LEAD' }, tags: ['VIP'],
      extra: { json: { shoe: { size: 39 }, contact: 'Bob' } }, errors: [],
    });
  });

  test('a bad value is an error that names its key', () => {
    const record = recordFromJson({
      name: 'Ann', primaryEmail: 'foo@', budget: '12 EUR', contact: { website: 'javascript:x' }, tags: [7], members: [{}],
      extra: [],
    });
    expect(record.errors.map(({ column, message }) => [column, message])).toEqual([
      ['primaryEmail', 'primaryEmail: "foo@" must be an email'],
      ['budget', 'budget: "12 EUR" must be a number'],
      ['tags', 'tags: "7" must be a name or an object with a name'],
      ['members', 'members: "{}" must be a name or an object with an id or a name'],
      ['extra', 'extra: "[]" must be an object'],
      ['contact.website', 'contact.website: "javascript:x" must be a web address'],
    ]);
    expect(recordFromJson({ notes: 'x' }).errors).toMatchObject([{ field: 'name' }]);
    expect(recordFromJson({ name: 'a\0' }).errors).toMatchObject([{ column: 'name' }]);
  });

  test('cannot smuggle a prototype in', () => {
    for (const text of ['{"name":"A","__proto__":{"x":1}}', '{"name":"A","extra":{"a":[{"constructor":{"prototype":{}}}]}}']) {
      expect(recordFromJson(JSON.parse(text) as Record<string, unknown>).errors).toHaveLength(1);
    }
  });

  test('never throws, whatever the object', () => {
    const key = fc.constantFrom(
      'name', 'contact', 'tags', 'members', 'extra', 'id', 'budget', 'primaryEmail', 'imageUrl', 'isActive', 'x', 'city',
    );
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), (object) => {
        const { values: read, errors } = recordFromJson(object);
        expect(errors.length > 0 || typeof read.name === 'string').toBe(true);
      }),
    );
  });
});

test('an empty stream is refused like an empty text', async () => {
  await expect(collect(readJson(once<string>()))).rejects.toThrow('holds no contacts');
});
