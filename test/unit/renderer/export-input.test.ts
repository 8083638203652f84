import { expect, test } from 'vitest';
import { emptyFilter } from '../../../renderer/app/app-store.ts';
import type { Host } from '../../../renderer/host/host.ts';
import { exportInput } from '../../../renderer/import/export-input.ts';

/** A host whose list has three pages of one contact each. */
const host = {
  call: (_name: string, { after }: { after?: string }) => {
    const page = Number(after ?? 0);
    return Promise.resolve({ items: [{ id: `id${page}` }], total: 3, cursor: page < 2 ? String(page + 1) : null });
  },
} as unknown as Host;

test('everything, whatever the list shows', async () => {
  const filter = { ...emptyFilter, query: 'ann' };
  expect(await exportInput(host, 'spreadsheet', 'all', ['a'], filter)).toEqual({ format: 'csv', profile: 'spreadsheet' });
});

test('the chosen contacts', async () => {
  expect(await exportInput(host, 'vcf3', 'chosen', ['a', 'b'], emptyFilter)).toEqual({
    format: 'vcf', version: '3.0', ids: ['a', 'b'],
  });
});

test('what the list shows, by its filter', async () => {
  const filter = { ...emptyFilter, query: 'ann', types: ['LEAD' as const], tags: ['t1'], members: ['m1'] };
  expect(await exportInput(host, 'json', 'shown', [], filter)).toEqual({
    format: 'json', q: 'ann', contactType: 'LEAD', tag: 't1', member: 'm1',
  });
});

test('what the list shows with several types, contact by contact', async () => {
  const filter = { ...emptyFilter, types: ['LEAD' as const, 'CLIENT' as const] };
  expect(await exportInput(host, 'csv', 'shown', [], filter)).toEqual({ format: 'csv', ids: ['id0', 'id1', 'id2'] });
});
