import { describe, expect, test } from 'vitest';
import {
  collectIds, createContactPages, pageSize, type PageAnswer, type PageRequest,
} from '../../../renderer/contacts/contact-pages.ts';
import type { ContactRow } from '../../../shared/operations/contacts.ts';

function row(name: string, rev = 1): ContactRow {
  return {
    id: `id of ${name}`, name, contactType: 'CLIENT', company: null, city: null, primaryEmail: null, primaryPhone: null,
    budget: null, budgetType: null, tags: [], members: [], imageId: null, rev, updatedAt: '', deletedAt: null,
  };
}

/** A book of numbered contacts that answers pages by offset and, as a search does, after a cursor. */
function book(count: number, { offsets = true, counted = true } = {}) {
  const rows = Array.from({ length: count }, (_, index) => row(`contact ${index}`));
  const requests: PageRequest[] = [];
  const load = (request: PageRequest): Promise<PageAnswer> => {
    requests.push(request);
    const start = request.after === undefined ? (offsets ? (request.offset ?? 0) : 0) : Number(request.after);
    const end = start + request.limit;
    const answer = { items: rows.slice(start, end), total: counted ? rows.length : null, cursor: end < rows.length ? String(end) : null };
    return Promise.resolve(answer);
  };
  return { rows, requests, load };
}

/** Waits until every request that is on its way has been answered, and those it led to. */
async function settled(requests: PageRequest[]): Promise<void> {
  for (let before = -1; before !== requests.length; ) {
    before = requests.length;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a long list', () => {
  test('knows its length and its first rows after one answer', async () => {
    const { load, requests } = book(100_000);
    const pages = createContactPages(load, { ranked: false });
    pages.show(0, 40);
    await settled(requests);
    expect(pages.length()).toBe(100_000);
    expect(pages.rowAt(40)?.name).toBe('contact 40');
    expect(pages.rowAt(50_000)).toBeUndefined();
  });

  test('keeps no more than a few pages in memory, however far it is scrolled', async () => {
    const { load, requests } = book(100_000);
    const pages = createContactPages(load, { ranked: false });
    for (let first = 0; first < 100_000; first += 900) {
      pages.show(first, first + 40);
      await settled(requests);
      expect(pages.rowAt(first + 20)?.name).toBe(`contact ${first + 20}`);
    }
    const inMemory = Array.from({ length: 1000 }, (_, number) => pages.rowAt(number * pageSize)).filter(Boolean);
    expect(inMemory.length).toBeLessThanOrEqual(12);
  });

  test('of a search, which has no offsets, is read from page to page', async () => {
    const { load, requests } = book(950, { offsets: false });
    const pages = createContactPages(load, { ranked: true });
    pages.show(0, 40);
    await settled(requests);
    pages.show(900, 940);
    await settled(requests);
    expect(pages.rowAt(905)?.name).toBe('contact 905');
    expect(requests.slice(1).every((request) => request.after !== undefined)).toBe(true);
  });

  test('whose end is not known grows as it is scrolled, until its end', async () => {
    const { load, requests } = book(250, { counted: false });
    const pages = createContactPages(load, { ranked: true });
    pages.show(0, 40);
    await settled(requests);
    expect(pages.length()).toBeGreaterThan(100);
    for (const first of [150, 240]) {
      pages.show(first, first + 40);
      await settled(requests);
    }
    expect(pages.length()).toBe(250);
  });

  test('shows the former rows while it is read again, and the same object for a row that did not change', async () => {
    const { rows, load, requests } = book(1000);
    const pages = createContactPages(load, { ranked: false });
    pages.show(0, 40);
    await settled(requests);
    const before = [pages.rowAt(0), pages.rowAt(1)];
    rows[0] = row('contact 0, renamed', 2);
    rows[1] = row('contact 1');
    pages.refresh();
    expect(pages.rowAt(0)).toBe(before[0]);
    await settled(requests);
    expect(pages.rowAt(0)?.name).toBe('contact 0, renamed');
    expect(pages.rowAt(1)).toBe(before[1]);
  });

  test('that cannot be read says so, and can be asked again', async () => {
    const { load, requests } = book(10);
    let fails = true;
    const pages = createContactPages((request) => (fails ? Promise.reject(new Error('gone')) : load(request)), { ranked: false });
    pages.show(0, 9);
    await settled(requests);
    expect(pages.isReady()).toBe(false);
    expect(pages.error()).toBeInstanceOf(Error);
    fails = false;
    pages.refresh();
    await settled(requests);
    expect(pages.error()).toBeNull();
    expect(pages.rowAt(3)?.name).toBe('contact 3');
  });
});

test('the ids of a range are read in large pieces, and exactly those', async () => {
  const { load, requests } = book(3000);
  const ids = await collectIds(load, 250, 1800, false);
  expect(ids).toHaveLength(1550);
  expect(ids[0]).toBe('id of contact 250');
  expect(ids.at(-1)).toBe('id of contact 1799');
  expect(requests).toHaveLength(4);
});

test('the ids of a range of a search, which is read from its start, are exactly those', async () => {
  const { load } = book(3000);
  const ids = await collectIds(({ offset: _offset, ...request }) => load({ ...request, ...(request.after ? {} : { offset: 0 }) }), 250, 900, true);
  expect(ids).toHaveLength(650);
  expect([ids[0], ids.at(-1)]).toEqual(['id of contact 250', 'id of contact 899']);
});
