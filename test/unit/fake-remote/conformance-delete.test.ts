import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { serverUnderTest } from './server-under-test.ts';

const server = serverUnderTest();
const contacts = '/api/organization-contact';

describe('deleting', () => {
  test('is hard by default, and no error where there is nothing', async () => {
    const { call, create, page } = server();
    const name = `Gone ${randomUUID()}`;
    const { id } = await create({ name });
    expect((await call('DELETE', `${contacts}/${id}`)).body).toEqual({ raw: [], affected: 1 });
    const again = await call('DELETE', `${contacts}/${id}`);
    expect([again.status, again.body]).toEqual([202, { raw: [], affected: 0 }]);
    expect((await call('GET', `${contacts}/${id}`)).status).toBe(404);
    expect((await page(`withDeleted=true&where[name]=${encodeURIComponent(name)}`)).body.total).toBe(0);
  });

  test('softly sets deletedAt and updatedAt, and does not store by whom', async () => {
    const { call, create, page, userId } = server();
    const name = `Soft ${randomUUID()}`;
    const { id } = await create({ name });
    const { status, body } = await call('DELETE', `${contacts}/${id}/soft`);
    expect([status, body.deletedByUserId, body.deletedAt]).toEqual([202, userId, body.updatedAt]);
    expect((await call('GET', `${contacts}/${id}`)).status).toBe(404);
    const filter = `where[name]=${encodeURIComponent(name)}`;
    expect((await page(filter)).body.total).toBe(0);
    const [seen] = (await page(`${filter}&withDeleted=true`)).body.items;
    expect(seen).toMatchObject({ id, deletedByUserId: null });
    const again = await call('DELETE', `${contacts}/${id}/soft`);
    expect([again.status, again.body.message]).toEqual([
      404,
      'An error occurred during soft removal: The requested record was not found',
    ]);
  });

  test('is not undone by recover, but by a PUT or POST with deletedAt null', async () => {
    const { call, create, organizationId, update } = server();
    const { id } = await create({ name: 'Back' });
    expect((await call('PUT', `${contacts}/${id}/recover`)).status).toBe(202);
    await call('DELETE', `${contacts}/${id}/soft`);
    const recover = await call('PUT', `${contacts}/${id}/recover`, {});
    expect([recover.status, recover.body.message]).toEqual([
      404,
      'An error occurred during restoring entity: The requested record was not found',
    ]);
    expect((await update(id, { deletedAt: null })).status).toBe(202);
    await call('DELETE', `${contacts}/${id}/soft`);
    await call('POST', contacts, { id, name: 'Back', organizationId, deletedAt: null });
    expect((await call('GET', `${contacts}/${id}`)).status).toBe(200);
  });

  test('softly, a PUT still writes and answers 404, and a POST answers 201 and leaves it deleted', async () => {
    const { call, create, organizationId, page, update } = server();
    const { id } = await create({ name: 'Tombstone' });
    await call('DELETE', `${contacts}/${id}/soft`);
    const name = `Edited ${randomUUID()}`;
    expect((await update(id, { name })).status).toBe(404);
    expect((await page(`withDeleted=true&where[name]=${encodeURIComponent(name)}`)).body.total).toBe(1);
    expect((await call('POST', contacts, { id, name, organizationId })).status).toBe(201);
    expect((await call('GET', `${contacts}/${id}`)).status).toBe(404);
  });

  test('can be done by a PUT with a date in deletedAt', async () => {
    const { create, read, update } = server();
    const { id } = await create({ name: 'By body' });
    expect((await update(id, { deletedAt: new Date().toISOString() })).status).toBe(404);
    expect((await read(id)).status).toBe(404);
  });

  test('unlinks projects', async () => {
    const { call, create, read } = server();
    const { id } = await create({ name: 'With project', projects: [{ name: `Job ${randomUUID()}` }] });
    const [project] = (await read(id)).body.projects;
    await call('DELETE', `${contacts}/${id}`);
    const other = await create({ name: 'Next', projects: [{ id: project?.id }] });
    expect((await read(other.id)).body.projects.map((one) => one.id)).toEqual([project?.id]);
  });
});
