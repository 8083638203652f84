import { afterEach, beforeEach, expect, test } from 'vitest';
import { draftHandlers } from '../../../electron/drafts/drafts.ts';
import { createFormSession, type FormSession } from '../../../renderer/contact-form/form-session.ts';
import { loadForm } from '../../../renderer/contact-form/load-form.ts';
import type { Host } from '../../../renderer/host/host.ts';
import type { HostEvent } from '../../../shared/events.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const listeners = new Set<(events: HostEvent[]) => void>();
let book: TestBook;
let host: Host;

beforeEach(() => {
  book = openTestBook();
  const drafts: Record<string, (input: never) => unknown> =
    draftHandlers(book.store, () => '2026-11-23T14:05:00.000Z', () => book.events.push({ type: 'drafts' })) as never;
  const call = async (name: string, input: object): Promise<unknown> => {
    const draft = drafts[name];
    const answer: unknown = draft ? draft(input as never) : book.call(name as never, input as never);
    const events = book.events.splice(0);
    if (events.length > 0) setTimeout(() => listeners.forEach((listener) => listener(events)));
    return answer;
  };
  host = {
    call,
    subscribe(listener: (events: HostEvent[]) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Host;
});
afterEach(() => {
  listeners.clear();
  book.close();
});

/** The form of a new contact in one more window. */
async function openWindow(): Promise<FormSession> {
  const { state } = await loadForm(host, 'new', 'en', () => crypto.randomUUID());
  const session = createFormSession(host, 'new', state, 'en');
  session.follow();
  return session;
}

async function type(session: FormSession, name: string): Promise<void> {
  session.dispatch({ type: 'typed', field: 'name', value: name });
  await session.settled();
}

const names = async () => (await book.call('contact.search', {})).items.map(({ name }) => name).toSorted();

test('of two windows that go on with the same new contact, the second to save never overwrites the first unasked', async () => {
  const first = await openWindow();
  await type(first, 'Ann');
  const second = await openWindow();
  expect(second.store.getState().form.values.name).toBe('Ann');
  await type(second, 'Bob');
  expect(await second.save()).toBe(true);
  await expect.poll(() => first.store.getState().form.conflicts.map(({ field }) => field)).toEqual(['name']);
  expect(await first.save()).toBe(false);
  expect(await names()).toEqual(['Bob']);
  expect(first.store.getState().form.values.name).toBe('Ann');
});

test('a new contact that was given up in one window and is saved in another is two contacts', async () => {
  const first = await openWindow();
  await type(first, 'Ann');
  const second = await openWindow();
  second.dispatch({ type: 'restarted', newId: crypto.randomUUID() });
  await type(second, 'Bob');
  expect(await second.save()).toBe(true);
  expect(await first.save()).toBe(true);
  expect(await names()).toEqual(['Ann', 'Bob']);
});

test('a draft whose contact was saved just before a crash is an edit of that contact, not of nothing', async () => {
  const lost = await openWindow();
  await type(lost, 'Ann');
  const { id } = lost.store.getState().form;
  await book.call('contact.create', { id, name: 'Ann' });
  const { state, contact } = await loadForm(host, 'new', 'en', () => crypto.randomUUID());
  expect([contact?.name, state.rev, state.conflicts]).toEqual(['Ann', 1, []]);
});
