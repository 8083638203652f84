import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Host } from '../../../electron/host.ts';
import { readControl } from '../../../electron/control-file.ts';
import { operationOf, operations, type OperationName } from '../../../shared/operations/index.ts';
import { temporaryFolder } from '../support/book.ts';
import { openTestHost } from '../support/host.ts';
import { direct, ipc, rest, rpc, type Transport } from './transports.ts';

/*
 * The same cases by direct call, over IPC, over /rpc and over REST: whatever door a caller takes,
 * the book answers and refuses alike.
 */

let folder: ReturnType<typeof temporaryFolder>;
let host: Host;
const transports = new Map<string, Transport>();

beforeAll(async () => {
  folder = temporaryFolder();
  host = await openTestHost(folder.path);
  const control = readControl(folder.path);
  const url = control?.url ?? '';
  const { secret } = (await host.dispatch('token.create', { name: 'contract', permissions: ['ALL_ORG_VIEW', 'ALL_ORG_EDIT'], rate: 0 }, { kind: 'owner', actor: 'ui' })) as { secret: string };
  for (const transport of [direct(host), ipc(host), rpc(url, control?.token ?? ''), rest(url, secret)]) {
    transports.set(transport.name, transport);
  }
});
afterAll(async () => {
  await host.close();
  folder.remove();
});

const unknownId = '00000000-0000-4000-8000-000000000000';

describe.each(['direct call', 'IPC', 'HTTP /rpc', 'REST'])('over %s', (name) => {
  const book = () => transports.get(name) as Transport;
  const refused = (promise: Promise<unknown>) => expect(promise).rejects;

  test('a contact is created, read, changed, found, deleted and restored', async () => {
    const tag = await book().call('tag.create', { name: `Tag ${name}`, color: '#123456' });
    const created = await book().call('contact.create', {
      name: `Ann ${name}`, primaryEmail: ' ann@x.example ', budget: 10.5, budgetType: 'hours', contact: { city: 'Köln' }, tags: [{ id: tag.id }],
    });
    expect(created).toMatchObject({ primaryEmail: 'ann@x.example', budget: 10.5, budgetType: 'HOURS', rev: 1, contact: { city: 'Köln' }, tags: [{ name: `Tag ${name}` }] });
    const { id } = created;

    expect(await book().call('contact.update', { id, name: 'Bea', ifMatch: '"1"' })).toMatchObject({ name: 'Bea', rev: 2 });
    expect(await book().call('contact.get', { id, data: { relations: ['contact', 'tags'] } })).toMatchObject({ contact: { city: 'Köln' }, tags: [{ id: tag.id }] });
    expect((await book().call('contact.search', { q: 'koln', tag: tag.id })).items).toMatchObject([{ id }]);
    expect(await book().call('contact.paginate', { where: [{ tags: [tag.id] }], order: { name: 'DESC' }, relations: ['tags'], take: 5, skip: 1 })).toMatchObject({ total: 1, items: [{ id }] });
    expect(await book().call('contact.count', { contact: { city: 'Köln' }, tags: [tag.id] })).toBe(1);

    expect(await book().call('contact.softDelete', { id })).toMatchObject({ id, deletedAt: expect.any(String) as string });
    await refused(book().call('contact.get', { id })).toEqual({ kind: 'notFound', messages: ['The requested record was not found'] });
    expect(await book().call('contact.recover', { id })).toMatchObject({ id, deletedAt: null, rev: 4 });
    const history = await book().call('contact.history', { id });
    expect(history.items.map(({ field, old, new: value }) => [field, old, typeof value === 'string' ? 'text' : value]).slice(2)).toEqual([
      ['name', `Ann ${name}`, 'text'], [null, null, expect.any(Object) as object],
    ]);
    expect(await book().call('contact.delete', { id })).toEqual({ raw: [], affected: 1 });
    expect(await book().call('contact.delete', { id })).toEqual({ raw: [], affected: 0 });
  });

  test('refusals name every field and change nothing', async () => {
    const before = await book().call('contact.count', {});
    await refused(book().call('contact.create', { name: '', primaryEmail: 'x', contact: { website: 'javascript:alert(1)' } })).toEqual({
      kind: 'invalid',
      messages: ['name should not be empty', 'primaryEmail must be an email', 'contact.website must be a web address'],
    });
    await refused(book().call('contact.create', { name: '\u200b \u2060', extra: { nick: ['a\0'] } })).toEqual({
      kind: 'invalid',
      messages: ['name should not be empty', 'extra must not contain NUL or broken characters'],
    });
    await refused(book().call('contact.create', { name: 'A', extra: { ['\ud800']: 1 } })).toMatchObject({ kind: 'invalid' });
    await refused(book().call('contact.create', {} as never)).toEqual({ kind: 'invalid', messages: ['name must be a string'] });
    await refused(book().call('contact.create', { name: 'A', tags: [{ id: unknownId }] })).toMatchObject({ kind: 'invalid' });
    await refused(book().call('contact.create', { name: 'A', imageId: unknownId })).toEqual({ kind: 'invalid', messages: ['imageId must be a known image'] });
    await refused(book().call('contact.get', { id: 'nonsense' })).toEqual({ kind: 'malformedId', messages: ['Validation failed (valid uuid is expected)'] });
    await refused(book().call('contact.get', { id: unknownId })).toMatchObject({ kind: 'notFound' });
    await refused(book().call('contact.update', { id: unknownId, name: 'A' })).toMatchObject({ kind: 'notFound' });
    await refused(book().call('contact.get', { id: unknownId, data: { relations: ['enemies'] } } as never)).toMatchObject({ kind: 'invalid' });
    await refused(book().call('contact.paginate', { take: 101 })).toMatchObject({ kind: 'invalid', messages: ['take must not be greater than 100'] });
    await refused(book().call('contact.paginate', { skip: 2 })).toMatchObject({ kind: 'invalid' });
    await refused(book().call('contact.paginate', { order: { secret: 'ASC' } } as never)).toMatchObject({ kind: 'invalid', messages: ['order.secret is not known here'] });
    await refused(book().call('contact.search', { q: 'a', page: 1 } as never)).toMatchObject({ kind: 'invalid', messages: ['page is not known here'] });
    expect(await book().call('contact.count', {})).toBe(before);
  });
});

test('every operation has a line of documentation, and no two share a route', () => {
  const routes = new Set<string>();
  for (const name of Object.keys(operations) as OperationName[]) {
    const { summary, rest: binding } = operationOf(name);
    expect(summary, name).toMatch(/^.{8,120}\.$/);
    if (!binding) continue;
    const route = `${binding.method} ${binding.path}`;
    expect(routes.has(route), route).toBe(false);
    routes.add(route);
  }
});
