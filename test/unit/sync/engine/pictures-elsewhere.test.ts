import { afterEach, beforeEach, expect, test } from 'vitest';
import { NetworkError, type TransportResponse } from '../../../../electron/sync/ports.ts';
import { addImage } from '../../../fake-remote/images.ts';
import { createOffice, openLaptop, signedIn, type Laptop } from './support.ts';

const day = 86_400_000;
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(png);
}

let office: ReturnType<typeof createOffice>;
let laptop: Laptop;
let asked: string[];
let answer: () => Promise<TransportResponse>;
beforeEach(async () => {
  asked = [];
  answer = () => Promise.reject(new NetworkError('timeout', false, 'late'));
  office = createOffice();
  laptop = await openLaptop({
    office,
    cycle: {
      fetchForeign(url) {
        asked.push(url);
        return answer();
      },
    },
  });
});
afterEach(() => laptop.close());

function newPicture(): string {
  const { tenantId, organizationId, webUser } = office.remote.directory;
  return addImage(office.remote.world, { tenantId, organizationId, userId: webUser.id }, 'image/png', png).id;
}

test('a place that does not answer is asked for one picture in a cycle, and again the next day', async () => {
  office.remote.world.origin = 'https://pictures.example';
  const { id } = office.remote.web.create({ name: 'A', imageId: newPicture() });
  office.remote.web.create({ name: 'B', imageId: newPicture() });
  await laptop.settle();
  expect(asked).toHaveLength(1);
  answer = () => Promise.resolve({ status: 200, headers: { 'content-type': 'image/png' }, body: bytes() });
  await laptop.settle();
  expect(await laptop.call('image.get', { id })).toBeNull();
  office.clock.pass(day);
  laptop.tokens.replace(signedIn(office.remote));
  await laptop.settle();
  expect((await laptop.call('image.get', { id }))?.base64).toBe(png.toString('base64'));
  expect(await laptop.settle()).toMatchObject({ writes: 0, pulled: 0 });
});

test('a picture that is taken away here does not come back as an address', async () => {
  const { id } = office.remote.web.create({ name: 'A', imageId: newPicture(), imageUrl: 'https://pictures.example/kept.png' });
  answer = () => Promise.resolve({ status: 200, headers: { 'content-type': 'image/png' }, body: bytes() });
  await laptop.settle();
  await laptop.call('image.set', { id, image: null });
  await laptop.settle();
  expect(laptop.contact(id).imageUrl).toBeNull();
  expect(office.remote.web.get(id)).toMatchObject({ imageId: null });
});
