import { describe, expect, it } from 'vitest';
import { createRecentAnswers, type EntityAnswer } from '../../../electron/http/recent-answers.ts';
import { contactId, startServer } from './support/server.ts';

const one = `/api/organization-contact/${contactId}`;
const answer = (body: string): EntityAnswer => ({ body, length: body.length, tag: '"1"' });

/** A server whose book is at a number of changes that the test sets. */
async function bookWithChanges() {
  const book = { changes: 1, name: 'Ann' };
  const server = await startServer({
    deps: { changes: () => book.changes },
    handlers: {
      'contact.get': () => ({ id: contactId, name: book.name, rev: book.changes }),
      'import.get': () => ({ id: contactId, done: book.changes }),
    },
  });
  return { ...server, book };
}

describe('a contact that is asked for again', () => {
  it('is read once as long as nothing is written, and answered the same', async () => {
    const { ask, calls } = await bookWithChanges();
    const [first, second] = [await ask('GET', one), await ask('GET', one)];
    expect(second.text).toBe(first.text);
    expect([second.status, second.headers.etag, second.headers['content-type']]).toEqual([200, '"1"', first.headers['content-type']]);
    expect((await ask('GET', one, { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
    expect(calls).toHaveLength(1);
  });

  it('is read again after anything was written', async () => {
    const { ask, book } = await bookWithChanges();
    await ask('GET', one);
    Object.assign(book, { changes: 2, name: 'Ann Lee' });
    const after = await ask('GET', one);
    expect([after.json(), after.headers.etag]).toEqual([{ id: contactId, name: 'Ann Lee', rev: 2 }, '"2"']);
  });

  it('is still refused to who may not see it', async () => {
    const { ask, tokenFor } = await bookWithChanges();
    await ask('GET', one);
    expect((await ask('GET', one, { token: null })).status).toBe(401);
    expect((await ask('GET', one, { token: tokenFor(['ORG_CONTACT_EDIT']) })).status).toBe(403);
    expect((await ask('GET', one, { token: tokenFor(['ALL_ORG_VIEW'], 1) })).status).toBe(200);
  });

  it('that is no part of the book is asked for each time', async () => {
    const { ask, calls } = await bookWithChanges();
    for (let time = 0; time < 2; time += 1) await ask('GET', `/api/imports/${contactId}`);
    expect(calls).toHaveLength(2);
  });
});

describe('the room for answers', () => {
  it('goes to the newest ones', () => {
    const recent = createRecentAnswers(() => 1);
    const long = 'x'.repeat(1_500_000);
    for (const path of ['/1', '/2', '/3']) recent.keep(path, answer(long));
    expect(['/1', '/2', '/3'].map((path) => recent.find(path) !== undefined)).toEqual([false, true, true]);
    recent.keep('/4', answer('x'.repeat(4_000_001)));
    expect(recent.find('/4')).toBeUndefined();
    expect(recent.find('/3')).toEqual(answer(long));
  });

  it('never holds more than it is meant to, however many are asked for', () => {
    const recent = createRecentAnswers(() => 1);
    const paths = Array.from({ length: 10_000 }, (_, index) => `/${index}`);
    for (const path of paths) recent.keep(path, answer('x'.repeat(1000)));
    const kept = paths.filter((path) => recent.find(path) !== undefined);
    expect(kept.length).toBeLessThanOrEqual(4000);
    expect(kept).toEqual(paths.slice(-kept.length));
  });

  it('is free again after a change', () => {
    let changes = 1;
    const recent = createRecentAnswers(() => changes);
    const keep = (path: string) => recent.find(path) ?? recent.keep(path, answer(`${path} at ${changes}`));
    keep('/1');
    changes = 2;
    keep('/2');
    expect([recent.find('/1'), recent.find('/2')?.body]).toEqual([undefined, '/2 at 2']);
  });
});
