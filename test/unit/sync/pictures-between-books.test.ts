import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Host } from '../../../electron/host.ts';
import type { CallName, Input, Output } from '../../../shared/operations/index.ts';
import { owner, temporaryFolder } from '../support/book.ts';
import { openTestHost } from '../support/host.ts';

/* One book as the office's server, over its real API, and one linked to it. */

const red = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
/** Larger than a packet, and with every value of a byte. */
const large = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256));

interface Book {
  host: Host;
  call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>;
  close(): Promise<void>;
}

let office: Book;
let laptop: Book;

async function openBook(api: boolean): Promise<Book> {
  const folder = temporaryFolder();
  const host = await openTestHost(folder.path, { api });
  return {
    host,
    call: async (name, input) => (await host.dispatch(name, input, owner)) as never,
    async close() {
      await host.close();
      folder.remove();
    },
  };
}

beforeEach(async () => {
  [office, laptop] = await Promise.all([openBook(true), openBook(false)]);
  const { secret } = await office.call('token.create', { name: 'laptop', permissions: ['ALL_ORG_VIEW', 'ALL_ORG_EDIT'], rate: 0 });
  await laptop.call('sync.connect', { url: office.host.api().url ?? '', token: secret });
});

afterEach(() => Promise.all([laptop.close(), office.close()]));

async function meet() {
  const report = await laptop.call('sync.run', {});
  expect(report).toMatchObject({ ok: true, conflicts: 0, parked: 0, waiting: 0 });
  return report;
}

const show = (book: Book, id: string, mediaType: 'image/png' | 'image/webp', bytes: Buffer) =>
  book.call('image.set', { id, image: { mediaType, base64: bytes.toString('base64') } });
const shown = (book: Book, id: string) => book.call('image.get', { id });

describe('a picture', () => {
  test('set on the laptop is the same in the office, once, and stays when other fields change', async () => {
    const { id } = await laptop.call('contact.create', { name: 'Ann' });
    await show(laptop, id, 'image/webp', large);
    await meet();
    expect(await shown(office, id)).toEqual({ mediaType: 'image/webp', base64: large.toString('base64') });
    const { imageId } = await office.call('contact.get', { id });
    await laptop.call('contact.update', { id, name: 'Ann B.' });
    await meet();
    expect(await office.call('contact.get', { id })).toMatchObject({ name: 'Ann B.', imageId });
    expect(await meet()).toMatchObject({ pulled: 0, pushed: 0, writes: 0 });
  });

  test('set in the office is the same on the laptop', async () => {
    const { id } = await office.call('contact.create', { name: 'Ann' });
    await show(office, id, 'image/webp', large);
    await meet();
    expect(await shown(laptop, id)).toEqual({ mediaType: 'image/webp', base64: large.toString('base64') });
    expect(await meet()).toMatchObject({ pulled: 0, writes: 0 });
  });

  test('replaced or taken away on one side is so on the other', async () => {
    const { id } = await office.call('contact.create', { name: 'Ann' });
    await show(office, id, 'image/webp', large);
    await meet();
    await show(office, id, 'image/png', red);
    await meet();
    expect(await shown(laptop, id)).toEqual({ mediaType: 'image/png', base64: red.toString('base64') });
    await laptop.call('image.set', { id, image: null });
    await meet();
    expect(await shown(office, id)).toBeNull();
  });

  test('set on both sides is a conflict, with the office\'s shown', async () => {
    const { id } = await laptop.call('contact.create', { name: 'Ann' });
    await meet();
    await show(laptop, id, 'image/webp', large);
    await show(office, id, 'image/png', red);
    expect(await laptop.call('sync.run', {})).toMatchObject({ ok: true, conflicts: 1 });
    expect(await shown(laptop, id)).toMatchObject({ mediaType: 'image/png' });
    const [conflict] = (await laptop.call('sync.conflicts', {})).items;
    expect(conflict).toMatchObject({ kind: 'field', field: 'imageId' });
    await laptop.call('sync.resolve', { id: conflict?.id ?? '', choice: 'mine' });
    await meet();
    expect(await shown(office, id)).toEqual({ mediaType: 'image/webp', base64: large.toString('base64') });
  });
});
