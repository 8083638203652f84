import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConflictChoice } from '../../../../shared/operations/sync.ts';
import { addImage } from '../../../fake-remote/images.ts';
import { temporaryFolder } from '../../support/book.ts';
import { createOffice, isWrite } from '../engine/support.ts';
import { openHostSync, profileIn, type HostSync, type Office } from './office-laptop.ts';

let folder: ReturnType<typeof temporaryFolder>;
let office: Office;
let laptop: HostSync;

beforeEach(async () => {
  folder = temporaryFolder();
  office = createOffice();
  laptop = await openHostSync({ office, dataDir: profileIn(folder.path) });
});
afterEach(async () => {
  await laptop.close();
  folder.remove();
});

async function answer(contact: string, choice: ConflictChoice): Promise<void> {
  const conflict = (await laptop.ask('sync.conflicts', {})).items.find(({ name }) => name === contact);
  await laptop.ask('sync.resolve', { id: conflict?.id ?? '', choice });
}

const there = () => office.remote.web.list().map(({ name }) => name).toSorted();

describe('a book and a server that both have contacts', () => {
  /** Two of the server's contacts look like some of the book, one by its e-mail, one by phone and name; the others do not. */
  beforeEach(async () => {
    office.remote.web.create({ name: 'Ann Lee', primaryEmail: 'ann@mail.example', notes: 'theirs' });
    office.remote.web.create({ name: 'Ben Okafor', primaryPhone: '+49 30 1234567' });
    office.remote.web.create({ name: 'Cem There', primaryPhone: '+49 30 7654321' });
    laptop.create('Annie Lee', { scalars: { primaryEmail: 'ANN@mail.example', notes: 'mine' } });
    laptop.create('ben okafor', { scalars: { primaryPhone: '030 1234567' } });
    laptop.create('Cem Here', { scalars: { primaryPhone: '+49 30 7654321' } });
    laptop.create('Dan');
    await laptop.connect();
  });

  test('offers each likely double, merges none by itself and sends none of them, while all others are sent', async () => {
    expect(await laptop.synced()).toMatchObject({ pulled: 3, pushed: 2, deleted: 0, conflicts: 2, waiting: 2 });
    const { items } = await laptop.ask('sync.conflicts', {});
    expect(items).toHaveLength(2);
    for (const [name, otherName] of [['Annie Lee', 'Ann Lee'], ['ben okafor', 'Ben Okafor']]) {
      expect(items).toContainEqual(expect.objectContaining({ kind: 'possibleDuplicate', name, otherName, choices: ['mine', 'theirs', 'both'] }));
    }
    expect(there()).toEqual(['Ann Lee', 'Ben Okafor', 'Cem Here', 'Cem There', 'Dan']);
    expect(laptop.names()).toHaveLength(7);
    // Asking again changes nothing.
    expect(await laptop.synced()).toMatchObject({ pulled: 0, pushed: 0, writes: 0, conflicts: 2 });
  });

  test('takes each answer: they are two, theirs, mine', async () => {
    await laptop.synced();
    await answer('Annie Lee', 'both');
    await answer('ben okafor', 'theirs');
    expect(await laptop.synced()).toMatchObject({ pushed: 1, conflicts: 0, waiting: 0 });
    expect(there()).toEqual(['Ann Lee', 'Annie Lee', 'Ben Okafor', 'Cem Here', 'Cem There', 'Dan']);
    expect(laptop.names().toSorted()).toEqual(there());
    expect(office.remote.web.list().find(({ name }) => name === 'Ann Lee')).toMatchObject({ notes: 'theirs' });
  });

  test('joined with mine first, what I had is on the server’s contact and there is one of them', async () => {
    await laptop.synced();
    await answer('Annie Lee', 'mine');
    await laptop.synced();
    expect(office.remote.web.list().filter(({ primaryEmail }) => primaryEmail?.toLowerCase() === 'ann@mail.example')).toMatchObject([{ name: 'Annie Lee', notes: 'mine' }]);
    expect(laptop.names().filter((name) => name.startsWith('Ann'))).toEqual(['Annie Lee']);
  });
});

test('before linking, looking at the server tells what is on both sides and changes nothing', async () => {
  office.remote.seed(7);
  laptop.create('Ann');
  const { organizationId: _, ...account } = laptop.account;
  expect(await laptop.ask('sync.inspect', account)).toEqual({
    url: laptop.account.url, server: 'gauzy', userName: 'Local Admin', contactsHere: 1, replaces: null,
    organizations: [
      { id: laptop.account.organizationId, name: 'Head office', contacts: 7 },
      { id: office.remote.directory.secondOrganizationId, name: 'Branch', contacts: 0 },
    ],
  });
  expect(laptop.service.status()).toMatchObject({ state: 'unlinked', waiting: 0 });
  expect(office.remote.requests.filter(isWrite)).toEqual([]);
});

describe('unlinked', () => {
  test('every contact stays, tokens are gone, nothing is sent; linked again, nothing is doubled', async () => {
    office.remote.seed(20);
    for (const name of ['Ann', 'Ben']) laptop.create(name);
    await laptop.connect();
    await laptop.synced();
    expect(await laptop.ask('sync.disconnect', {})).toMatchObject({ state: 'unlinked', account: null, waiting: 0, lastSuccessAt: null, nextAt: null });
    expect(laptop.names()).toHaveLength(22);
    office.remote.requests.length = 0;
    laptop.create('Cem');
    laptop.service.changed();
    await laptop.pass(3_600_000);
    expect(office.remote.requests).toEqual([]);
    expect(await laptop.ask('sync.run', {})).toMatchObject({ ok: false, error: 'The book is not linked to a server.' });
    await expect(laptop.ask('sync.disconnect', {})).rejects.toMatchObject({ kind: 'conflict', message: 'The book is not linked to a server' });

    office.remote.web.create({ name: 'Dan' });
    await laptop.connect();
    expect(await laptop.synced()).toMatchObject({ pulled: 1, pushed: 1, deleted: 0, conflicts: 0, waiting: 0 });
    expect(there()).toHaveLength(24);
    expect(laptop.names().toSorted()).toEqual(there());
  });

  test('while a cycle is running, the cycle is stopped first', async () => {
    office.remote.seed(20);
    await laptop.connect();
    const running = laptop.ask('sync.run', {});
    await laptop.ask('sync.disconnect', {});
    expect(await running).toMatchObject({ ok: false, error: 'The book was unlinked from the server.' });
    expect(laptop.service.status()).toMatchObject({ state: 'unlinked' });
    expect(laptop.faults).toEqual([]);
  });
});

describe('another account', () => {
  const branch = () => ({ organizationId: office.remote.directory.secondOrganizationId });

  test('is refused without replace, naming what the book is linked to, and nothing changes', async () => {
    await laptop.connect();
    const before = laptop.service.status();
    await expect(laptop.connect(branch())).rejects.toMatchObject({
      kind: 'conflict', message: `replace is needed: the book is linked to Head office on ${laptop.account.url}`,
    });
    expect(laptop.service.status()).toEqual(before);
    await laptop.synced();
  });

  test('with replace: every contact is kept and counts as unsent there; a pause was not meant for it', async () => {
    office.remote.seed(5);
    await laptop.connect();
    await laptop.synced();
    await laptop.ask('sync.pause', { paused: true });
    expect(await laptop.connect({ ...branch(), replace: true })).toMatchObject({
      state: 'synced', waiting: 5, lastSuccessAt: null, account: { organizationName: 'Branch' },
    });
    expect(laptop.names()).toHaveLength(5);
  });

  test('the same one again is signing in again: what is known stays, and somebody else’s name is shown', async () => {
    office.remote.seed(5);
    await laptop.connect();
    await laptop.synced();
    const { email, password } = office.remote.directory.employee;
    expect(await laptop.connect({ email, password })).toMatchObject({ lastSuccessAt: laptop.now(), account: { userName: 'Erin Employee' } });
    expect(await laptop.synced()).toMatchObject({ pulled: 0, pushed: 0 });
  });

  test('an organization that one does not belong to is refused with the names of those one may choose', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    const { secondOrganizationId } = office.remote.directory;
    await expect(laptop.connect({ organizationId: unknown })).rejects.toMatchObject({
      issues: [{ field: 'organizationId', message: `organizationId must be one of: Head office (${laptop.account.organizationId}), Branch (${secondOrganizationId})` }],
    });
    await expect(laptop.connect({ organizationId: undefined })).rejects.toMatchObject({ kind: 'invalid' });
    expect(laptop.service.status()).toMatchObject({ state: 'unlinked' });
  });
});

test('a picture of the server is still there after unlinking', async () => {
  const { tenantId, organizationId, webUser } = office.remote.directory;
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
  const { id } = office.remote.web.create({ name: 'Ann', imageId: addImage(office.remote.world, { tenantId, organizationId, userId: webUser.id }, 'image/png', png).id });
  await laptop.connect();
  await laptop.synced();
  await laptop.ask('sync.disconnect', {});
  expect((await laptop.call('image.get', { id }))?.base64).toBe(png.toString('base64'));
});
