import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createInvalidator, isAffected } from '../../../renderer/host/queries.ts';
import type { HostEvent } from '../../../shared/events.ts';

const changeOf = (contactId: string): HostEvent => ({
  type: 'change', change: { seq: 1, at: '', contactId, kind: 'updated', actor: 'ui', name: null },
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a change makes stale what shows that contact, and nothing that shows another', () => {
  expect(isAffected(['contact.get', { id: 'a' }], changeOf('a'))).toBe(true);
  expect(isAffected(['contact.history', { id: 'a', limit: 100 }], changeOf('a'))).toBe(true);
  expect(isAffected(['contact.get', { id: 'b' }], changeOf('a'))).toBe(false);
  expect(isAffected(['settings.get', {}], changeOf('a'))).toBe(false);
  expect(isAffected(['settings.get', {}], { type: 'settings' })).toBe(true);
  expect(isAffected(['settings.get', {}], { type: 'bulk' })).toBe(true);
});

test('a thousand changes at once are one reading, the first at once and the counts later', () => {
  const client = new QueryClient();
  client.setQueryData(['contact.get', { id: 'a' }], {});
  client.setQueryData(['tag.list', {}], {});
  const announce = createInvalidator(client);
  const invalidate = vi.spyOn(client, 'invalidateQueries');
  const isStale = (key: readonly unknown[]): boolean | undefined => client.getQueryState(key)?.isInvalidated;

  for (let count = 0; count < 1000; count += 1) announce([changeOf('a')]);
  expect(isStale(['contact.get', { id: 'a' }])).toBe(true);
  expect(isStale(['tag.list', {}])).toBe(false);
  vi.advanceTimersByTime(1000);
  expect(isStale(['tag.list', {}])).toBe(true);
  expect(invalidate.mock.calls.length).toBeLessThanOrEqual(3);
});
