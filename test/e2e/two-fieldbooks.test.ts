import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBook, type OpenBook } from '../../electron/cli/open-book.ts';
import type { Contact } from '../../shared/contact.ts';
import type { SyncConflict, SyncReport, SyncStatus } from '../../shared/operations/sync.ts';
import { temporaryFolder } from '../unit/support/book.ts';
import { startHeadless, type Headless } from '../unit/support/headless.ts';

/*
 * A Fieldbook without a window as the office's server, and two laptops linked to it, each a process of its own. What a person
 * does at a command line is done with the commands, what they do in a window with the same calls that a window makes.
 */

const root = join(import.meta.dirname, '..', '..');
const folder = temporaryFolder();
const profile = (name: string) => join(folder.path, name);

interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

async function command(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [join(root, 'electron', 'cli', `${name}.ts`), ...args], { env: { ...process.env, ...env } });
  const outcome: Outcome = { status: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (outcome.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (outcome.stderr += String(chunk)));
  const [status] = (await once(child, 'close')) as [number | null];
  return { ...outcome, status };
}

/** One of the three computers. */
interface Computer {
  name: string;
  host: Headless;
  book: OpenBook;
}

async function switchOn(name: string, ...args: string[]): Promise<Computer> {
  const host = await startHeadless(profile(name), ...args);
  return { name, host, book: await openBook(profile(name)) };
}

async function switchOff({ host }: Computer): Promise<void> {
  host.process.kill('SIGTERM');
  await host.exited;
}

/** A person presses "Sync now". */
const run = ({ book }: Computer): Promise<SyncReport> => book.call('sync.run', {});

/** `npm run sync -- run` on a laptop. */
async function runByCommand({ name }: Computer): Promise<SyncReport> {
  const { status, stdout, stderr } = await command('sync', ['run', '--data-dir', profile(name)]);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as SyncReport;
}

/** A laptop is linked with a token of its own, which it takes from the environment, and syncs from then on when it is told to. */
async function link(laptop: Computer, url: string): Promise<void> {
  const permissions = ['--permissions', 'ALL_ORG_VIEW,ALL_ORG_EDIT', '--rate', '0'];
  const { stdout: token } = await command('token', ['create', '--name', laptop.name, ...permissions, '--data-dir', profile('office')]);
  const where = ['--url', url, '--token-env', 'FIELDBOOK_TOKEN', '--data-dir', profile(laptop.name)];
  const linked = await command('sync', ['connect', ...where], { FIELDBOOK_TOKEN: token.trim() });
  expect(linked).toEqual({
    status: 0, stderr: '',
    stdout: `linked to Fieldbook on ${url} as ${laptop.name}\nsign-in kept: In sync-tokens.json of the profile, a file that only you can read; there is no keychain here.\n`,
  });
  await laptop.book.call('sync.pause', { paused: true });
}

let office: Computer;
let ann: Computer;
let ben: Computer;

beforeAll(async () => {
  [office, ann, ben] = await Promise.all([switchOn('office'), switchOn('ann'), switchOn('ben')]);
});

afterAll(async () => {
  await Promise.all([office, ann, ben].map(switchOff));
  folder.remove();
});

const relations = ['contact', 'tags', 'members', 'projects'] as const;
/** What is each book's own: its counters and times, and under which ids it keeps addresses and pictures. */
const own = ['rev', 'createdAt', 'updatedAt', 'contactId', 'imageId', 'image', 'createdByUserId', 'updatedByUserId'];

/** All contacts of a computer, each as it is but for what is each book's own, with the digest of its picture. */
async function contents({ book }: Computer): Promise<Record<string, unknown>> {
  const { items } = await book.call('contact.paginate', { take: 100, skip: 1, order: { id: 'ASC' }, relations: [...relations] });
  const without = (names: readonly string[], values: object) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => !names.includes(key)));
  const entries = (items as Contact[]).map(async ({ id, contact: address, tags = [], ...values }) => {
    const picture = await book.call('image.get', { id });
    return [id, {
      ...without(own, values),
      address: without(['id', ...own], address ?? {}),
      tags: tags.map(({ name }) => name).toSorted((one, other) => one.localeCompare(other)),
      picture: picture && createHash('sha256').update(picture.base64).digest('hex'),
    }];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<string, unknown>;
}

/** Both laptops send and fetch; then all three books hold the same. */
async function meet(sync = run): Promise<void> {
  for (const laptop of [ann, ben, ann]) expect(await sync(laptop)).toMatchObject({ ok: true });
  const [inOffice, atAnn, atBen] = await Promise.all([office, ann, ben].map(contents));
  expect(atAnn).toEqual(inOffice);
  expect(atBen).toEqual(inOffice);
  for (const laptop of [ann, ben]) {
    expect(await laptop.book.call('sync.status', {})).toMatchObject({ waiting: 0, conflicts: 0, parked: 0, quarantined: 0 });
  }
}

async function conflictsOf({ book }: Computer): Promise<SyncConflict[]> {
  return (await book.call('sync.conflicts', {})).items;
}

async function create({ book }: Computer, input: Parameters<typeof book.call<'contact.create'>>[1]): Promise<string> {
  return (await book.call('contact.create', input)).id;
}

/** Contacts that the office has from the beginning, by their names. */
const ids = new Map<string, string>();
const idOf = (name: string): string => ids.get(name) ?? '';

const read = ({ book }: Computer, id: string) => book.call('contact.get', { id, data: { relations: ['contact', 'tags'] } });

test('three books with contacts of their own become one', async () => {
  const tag = await office.book.call('tag.create', { name: 'Supplier', color: '#336699' });
  const vendor = await create(office, {
    name: 'Nordlicht AB', contactType: 'VENDOR', budget: 1234.56, budgetType: 'HOURS', primaryEmail: 'hej@nordlicht.example',
    contact: { city: 'Umeå', postcode: '901 01', latitude: 63.825, longitude: 20.263 }, tags: [{ id: tag.id }],
    extra: { vcard: [{ name: 'BDAY', value: '1980-02-01' }], note: 'kept as it is' },
  });
  const partner = await create(ann, { name: 'Ann’s partner', contactType: 'PARTNER', budget: 0.5, notes: 'line one\nline two' });
  await create(ben, { name: 'Ben’s lead', contactType: 'LEAD', primaryPhone: '+49 171 2345678', extra: { own: [1, { deep: true }] } });

  for (const name of ['Shared', 'Doomed', 'Dropped', 'Contested', 'Kept', 'Gone']) {
    ids.set(name, await create(office, { name, notes: 'old', primaryEmail: `${name}@old.example`, contact: { city: 'Köln' } }));
  }
  await link(ann, office.host.url);
  await link(ben, office.host.url);
  await meet(runByCommand);
  expect(Object.keys(await contents(office))).toHaveLength(9);
  expect(await read(ben, vendor)).toMatchObject({
    contactType: 'VENDOR', budget: 1234.56, budgetType: 'HOURS', contact: { city: 'Umeå', latitude: 63.825 },
    tags: [{ name: 'Supplier' }], extra: { note: 'kept as it is', vcard: [{ name: 'BDAY' }] },
  });
  expect(await read(office, partner)).toMatchObject({ contactType: 'PARTNER', budget: 0.5, notes: 'line one\nline two' });
});

test('what each does while they are apart reaches the others, and a run with nothing to do writes nothing', async () => {
  const [shared, doomed, dropped] = [idOf('Shared'), idOf('Doomed'), idOf('Dropped')];
  await ann.book.call('contact.update', { id: shared, name: 'Shared', notes: 'by Ann', contact: { address: 'Domplatz 1' } });
  await ben.book.call('contact.update', { id: shared, name: 'Shared', primaryPhone: '+49 221 1', contact: { postcode: '50667' } });
  await office.book.call('contact.update', { id: shared, name: 'Shared Ltd', contact: { country: 'DE' } });
  await ann.book.call('contact.softDelete', { id: doomed });
  await office.book.call('contact.delete', { id: dropped });
  const news = await Promise.all([office, ann, ben].map((at) => create(at, { name: `New from ${at.name}` })));
  await meet();
  expect(await read(office, shared)).toMatchObject({
    name: 'Shared Ltd', notes: 'by Ann', primaryPhone: '+49 221 1',
    contact: { city: 'Köln', address: 'Domplatz 1', postcode: '50667', country: 'DE' },
  });
  const known = Object.keys(await contents(ben));
  expect(known).toEqual(expect.arrayContaining(news));
  expect(known).not.toContain(doomed);
  expect(known).not.toContain(dropped);
  const idle = await run(ann);
  expect(idle).toMatchObject({ ok: true, pulled: 0, pushed: 0, deleted: 0, writes: 0 });
  expect(idle.requests).toBeLessThanOrEqual(3);
});

test('the same field edited on both sides is asked about: mine, theirs, and both where it makes sense', async () => {
  const id = idOf('Contested');
  await ann.book.call('contact.update', { id, name: 'Contested', primaryEmail: 'mine@mail.example', notes: 'mine', contact: { city: 'Bonn' } });
  await office.book.call('contact.update', { id, name: 'Contested', primaryEmail: 'theirs@mail.example', notes: 'theirs', contact: { city: 'Trier' } });
  expect(await run(ann)).toMatchObject({ ok: true, conflicts: 3 });
  const answers = { primaryEmail: 'mine', 'contact.city': 'theirs', notes: 'both' } as const;
  const open = await conflictsOf(ann);
  expect(open.map(({ field }) => field)).toEqual(expect.arrayContaining(Object.keys(answers)));
  for (const conflict of open) {
    expect(conflict).toMatchObject({ kind: 'field', contactId: id, name: 'Contested' });
    await ann.book.call('sync.resolve', { id: conflict.id, choice: answers[conflict.field as keyof typeof answers] });
  }
  await meet();
  expect(await read(ben, id)).toMatchObject({ primaryEmail: 'mine@mail.example', notes: 'theirs\n\nmine', contact: { city: 'Trier' } });
});

test('a picture travels both ways', async () => {
  const [mine, theirs] = [await create(ann, { name: 'Shown by Ann' }), await create(office, { name: 'Shown by the office' })];
  const picture = (seed: number) => Buffer.from(Uint8Array.from({ length: 150_000 }, (_, index) => (index * seed) % 256)).toString('base64');
  await ann.book.call('image.set', { id: mine, image: { mediaType: 'image/jpeg', base64: picture(7) } });
  await office.book.call('image.set', { id: theirs, image: { mediaType: 'image/png', base64: picture(11) } });
  await meet();
  expect(await ben.book.call('image.get', { id: mine })).toEqual({ mediaType: 'image/jpeg', base64: picture(7) });
  expect(await ann.book.call('image.get', { id: theirs })).toEqual({ mediaType: 'image/png', base64: picture(11) });
});

test('deleted on one side and edited on the other is asked about, and either answer holds everywhere', async () => {
  const [kept, gone] = [idOf('Kept'), idOf('Gone')];
  await office.book.call('contact.softDelete', { id: kept });
  await ben.book.call('contact.update', { id: kept, name: 'Kept', notes: 'still needed' });
  await office.book.call('contact.update', { id: gone, name: 'Gone', notes: 'changed meanwhile' });
  await ben.book.call('contact.softDelete', { id: gone });
  expect(await run(ben)).toMatchObject({ ok: true, conflicts: 2 });
  const open = await conflictsOf(ben);
  const kinds = new Map(open.map(({ contactId, kind }) => [contactId, kind]));
  expect([kinds.get(kept), kinds.get(gone)]).toEqual(['editedHereDeletedThere', 'deletedHereEditedThere']);
  for (const { id } of open) await ben.book.call('sync.resolve', { id, choice: 'mine' });
  await meet();
  expect(await read(ann, kept)).toMatchObject({ notes: 'still needed' });
  expect(Object.keys(await contents(ann))).not.toContain(gone);
});

test('while the office is switched off a laptop goes on, says so, and catches up', async () => {
  const port = new URL(office.host.url).port;
  await switchOff(office);
  const id = await create(ben, { name: 'Written on the train' });
  const failed = await command('sync', ['run', '--data-dir', profile('ben')]);
  expect(failed.status).toBe(1);
  expect(JSON.parse(failed.stdout)).toMatchObject({ ok: false, waiting: 1, error: expect.any(String) as string });
  const { stdout } = await command('sync', ['status', '--data-dir', profile('ben')]);
  expect(JSON.parse(stdout) as SyncStatus).toMatchObject({ waiting: 1, lastError: expect.any(String) as string });
  office = await switchOn('office', '--port', port);
  await meet();
  expect(await read(ann, id)).toMatchObject({ name: 'Written on the train' });
});

test('a laptop that leaves keeps every contact', async () => {
  const before = await contents(ben);
  expect(await command('sync', ['disconnect', '--data-dir', profile('ben')])).toMatchObject({ status: 0 });
  expect(await contents(ben)).toEqual(before);
  expect(JSON.parse((await command('sync', ['status', '--data-dir', profile('ben')])).stdout)).toMatchObject({ state: 'unlinked', account: null });
});
