import { describe, expect, it } from 'vitest';
import { contactId, startServer } from './support/server.ts';

const contacts = '/api/organization-contact';
const one = `${contacts}/${contactId}`;
const withRelations = `${one}?data=${encodeURIComponent('{"relations":["tags"]}')}`;

function bookAt(rev: number) {
  return startServer({
    handlers: {
      'contact.get': () => ({ id: contactId, name: 'Ann', rev }),
      'contact.create': () => ({ id: contactId, rev: 1 }),
      'contact.update': () => ({ id: contactId, rev: rev + 1 }),
      'contact.paginate': () => ({ items: [], total: 0 }),
    },
  });
}

describe('ETags', () => {
  it('are the strong revision of a contact, also after it was made or changed', async () => {
    const { ask } = await bookAt(7);
    expect((await ask('GET', one)).headers.etag).toBe('"7"');
    expect((await ask('GET', `${one}?data=${encodeURIComponent('{"relations":[]}')}`)).headers.etag).toBe('"7"');
    expect((await ask('POST', contacts, { body: '{"name":"Ann"}' })).headers.etag).toBe('"1"');
    expect((await ask('PUT', one, { body: '{}' })).headers.etag).toBe('"8"');
  });

  it('are weak and of the content with relations and on lists', async () => {
    const { ask } = await bookAt(7);
    for (const path of [withRelations, `${contacts}/pagination`]) {
      const { etag } = (await ask('GET', path)).headers;
      expect(etag).toMatch(/^W\/"[\w-]+"$/);
      expect((await ask('GET', path)).headers.etag).toBe(etag);
    }
  });
});

describe('If-None-Match', () => {
  it.each(['"7"', 'W/"7"', '*', '"1", "7"', '"a,b" , W/"7"'])('%s answers 304 for revision 7', async (header) => {
    const { ask } = await bookAt(7);
    const answer = await ask('GET', one, { headers: { 'if-none-match': header } });
    expect([answer.status, answer.text, answer.headers.etag]).toEqual([304, '', '"7"']);
  });

  it.each(['"8"', '7', '"7', '', '"1,7"'])('%s answers the contact', async (header) => {
    const { ask } = await bookAt(7);
    expect((await ask('GET', one, { headers: { 'if-none-match': header } })).status).toBe(200);
  });

  it('answers 304 for a list that is the same', async () => {
    const { ask } = await bookAt(7);
    const { etag = '' } = (await ask('GET', `${contacts}/pagination`)).headers;
    expect((await ask('GET', `${contacts}/pagination`, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});

describe('If-Match', () => {
  it.each([['"7"', '"7"'], ['*', '*'], ['"6", "7"', '"6", "7"'], ['W/"7", "8"', '"8"']])(
    '%s reaches the operation as %s',
    async (header, passed) => {
      const { ask, calls } = await bookAt(7);
      await ask('PUT', one, { body: '{}', headers: { 'if-match': header } });
      await ask('DELETE', one, { headers: { 'if-match': header } });
      expect(calls.map((call) => call.input['ifMatch'])).toEqual([passed, passed]);
    },
  );

  it.each(['W/"7"', '7', '"7', 'W/"6", W/"7"', ','])('%s is refused with 412, and nothing is done', async (header) => {
    const { ask, calls } = await bookAt(7);
    const answer = await ask('PUT', one, { body: '{}', headers: { 'if-match': header } });
    expect(answer.json()).toMatchObject({ statusCode: 412, error: 'Precondition Failed' });
    expect(calls).toEqual([]);
  });

  it('cannot be given in a body or query', async () => {
    const { ask, calls } = await bookAt(7);
    await ask('PUT', one, { body: '{"ifMatch":"*"}' });
    await ask('DELETE', `${one}?ifMatch=*`);
    expect(calls.map((call) => call.input['ifMatch'])).toEqual([undefined, undefined]);
  });
});
