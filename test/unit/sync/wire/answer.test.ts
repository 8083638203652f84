import { describe, expect, test } from 'vitest';
import { isList, parseJson, refusalOf, saysNoRoute, saysNotFound } from '../../../../electron/sync/wire/answer.ts';

describe('what the server says', () => {
  test.each([
    ['a list of fields', 400, { message: ['primaryEmail must be an email', 'name should not be empty'], error: 'Bad Request', statusCode: 400 }, { message: 'primaryEmail must be an email; name should not be empty', field: 'primaryEmail' }],
    ['a text', 413, { statusCode: 413, message: 'request entity too large' }, { message: 'request entity too large' }],
    ['a constraint', 400, { message: 'Failed to create organization contact', error: 'insert or update on table "tag_organization_contact" violates foreign key constraint', statusCode: 400 }, { message: 'Failed to create organization contact', field: 'tags' }],
    ['the words of the database', 400, { response: { query: 'UPDATE secret', parameters: [1] }, status: 400, message: 'invalid input syntax for type integer: "1.5"', name: 'BadRequestException' }, { message: 'invalid input syntax for type integer: "1.5"', field: 'budget' }],
    ['a field of the address', 400, { message: ['contact.website must be a web address'] }, { message: 'contact.website must be a web address', field: 'contact.website' }],
    ['nothing', 400, {}, { message: 'The server answered 400.' }],
    ['a page', 502, undefined, { message: 'The server answered 502.' }],
  ])('in the form of %s becomes a reason and a field', (_form, status, json, refusal) => expect(refusalOf(status, json)).toEqual(refusal));

  test('never shows a statement of its database', () => {
    expect(JSON.stringify(refusalOf(400, { response: { query: 'UPDATE secret' }, message: 'no', status: 400 }))).not.toContain('secret');
  });

  test('counts as "not there" only in its own words', () => {
    expect(saysNotFound(404, { statusCode: 404, message: 'The requested record was not found' })).toBe(true);
    for (const json of [undefined, null, {}, { message: 'Not Found' }, { statusCode: 404, message: 'Cannot GET /api/x' }]) expect(saysNotFound(404, json)).toBe(false);
    expect(saysNotFound(406, { statusCode: 404, message: 'x' })).toBe(false);
    expect(saysNoRoute(404, { statusCode: 404, message: 'Cannot DELETE /api/x', error: 'Not Found' })).toBe(true);
  });

  test('is a list only with rows and their number', () => {
    expect(isList({ items: [], total: 0 })).toBe(true);
    for (const json of [[], null, { items: [] }, { total: 1 }, { items: {}, total: 1 }, { message: 'x' }]) expect(isList(json)).toBe(false);
    expect(parseJson(' ')).toBeNull();
    expect(parseJson('<html>')).toBeUndefined();
  });
});
