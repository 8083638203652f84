import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NetworkError, type TransportResponse } from '../../../../electron/sync/ports.ts';
import { addImage } from '../../../fake-remote/images.ts';
import { createOffice, openLaptop, type Laptop } from './support.ts';

let office: ReturnType<typeof createOffice>;
let laptop: Laptop;
let elsewhere: (url: string) => Promise<TransportResponse>;
let asked: string[];

function fetchForeign(url: string): Promise<TransportResponse> {
  asked.push(url);
  return elsewhere(url);
}

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

async function* bytes(of: Uint8Array) {
  yield of;
}

beforeEach(async () => {
  office = createOffice();
  asked = [];
  elsewhere = async () => ({ status: 200, headers: { 'content-type': 'image/png' }, body: bytes(png) });
  laptop = await openLaptop({ office, cycle: { fetchForeign } });
});

afterEach(() => laptop.close());

function addPicture(): string {
  const { tenantId, organizationId, webUser } = office.remote.directory;
  return addImage(office.remote.world, { tenantId, organizationId, userId: webUser.id }, 'image/png', png).id;
}

const shown = async (id: string) => (await laptop.call('image.get', { id }))?.base64;
const pictureOf = (id: string) => office.remote.world.tables.images.get(office.remote.web.get(id)?.imageId ?? '')?.bytes;

describe('pictures', () => {
  test('of the server come here, with the token only to the server itself', async () => {
    const { id } = office.remote.web.create({ name: 'Acme', imageId: addPicture() });
    await laptop.settle();
    expect(await shown(id)).toBe(png.toString('base64'));
    expect(asked).toEqual([]);
    expect(await laptop.settle()).toMatchObject({ pulled: 0, writes: 0 });
  });

  test('that lie elsewhere are fetched without the token', async () => {
    office.remote.world.origin = 'https://pictures.example';
    const { id } = office.remote.web.create({ name: 'Acme', imageId: addPicture() });
    await laptop.settle();
    expect(await shown(id)).toBe(png.toString('base64'));
    expect(asked).toEqual([expect.stringMatching(/^https:\/\/pictures\.example\/public\/contacts\//)]);
    expect(office.remote.requests.some(({ path }) => path.startsWith('/public'))).toBe(false);
  });

  test('made here are sent once, shown there, and seen by the other laptop', async () => {
    const { id } = laptop.create('Acme');
    await laptop.call('image.set', { id, image: { mediaType: 'image/png', base64: png.toString('base64') } });
    await laptop.settle();
    expect(Buffer.from(pictureOf(id) ?? [])).toEqual(png);
    laptop.edit(id, { scalars: { notes: 'n' } });
    await laptop.settle();
    expect(office.remote.world.tables.images.size).toBe(1);
    const other = await openLaptop({ office });
    await other.settle();
    expect((await other.call('image.get', { id }))?.base64).toBe(png.toString('base64'));
    await laptop.call('image.set', { id, image: null });
    await laptop.settle();
    await other.settle();
    expect(await other.call('image.get', { id })).toBeNull();
    other.close();
  });

  test.each([
    ['is not there', async () => ({ status: 404, headers: {}, body: bytes(Buffer.from('no')) })],
    ['is a web page', async () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: bytes(Buffer.from('<html>')) })],
    ['is larger than five megabytes', async () => ({ status: 200, headers: { 'content-type': 'image/png' }, body: bytes(Buffer.alloc(6_000_000)) })],
    ['cannot be reached', async () => Promise.reject(new NetworkError('offline', false, 'not found'))],
    ['comes with errors only', async () => ({ status: 500, headers: {}, body: bytes(Buffer.alloc(0)) })],
  ])('one that %s keeps nobody from syncing, and is not taken away there', async (_what, answer) => {
    office.remote.world.origin = 'https://pictures.example';
    elsewhere = answer;
    const imageId = addPicture();
    const { id } = office.remote.web.create({ name: 'Acme', imageId });
    office.remote.web.create({ name: 'Bcme' });
    await laptop.settle();
    expect(laptop.names()).toEqual(['Acme', 'Bcme']);
    laptop.edit(id, { scalars: { notes: 'n' } });
    await laptop.settle();
    expect(office.remote.web.get(id)).toMatchObject({ imageId, notes: 'n' });
    expect(await laptop.settle()).toMatchObject({ writes: 0 });
  });

  test('that the server does not take park their contact with the reason', async () => {
    const { id } = laptop.create('Acme');
    await laptop.call('image.set', { id, image: { mediaType: 'image/png', base64: png.toString('base64') } });
    const refusal = { status: 415, body: { statusCode: 415, message: 'Unsupported file type: image/png' } };
    office.remote.faults.add({ match: ({ path }) => path.includes('image-assets'), do: refusal });
    await laptop.settle();
    expect(laptop.sync.parked().items).toMatchObject([{ contactId: id, status: 415, message: 'Unsupported file type: image/png' }]);
  });
});
