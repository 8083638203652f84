import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readControl } from '../../../electron/control-file.ts';
import type { Host } from '../../../electron/host.ts';
import { createOpenApi } from '../../../electron/http/openapi.ts';
import { imageTypes, maxImageBytes } from '../../../shared/operations/book.ts';
import type { Permission } from '../../../shared/permissions.ts';
import { owner, temporaryFolder } from '../support/book.ts';
import { openTestHost } from '../support/host.ts';

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
const unknownId = '00000000-0000-4000-8000-000000000000';
const uploadPath = '/image-assets/upload/contacts';
/** Larger than one packet, and with every value of a byte. */
const photo = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));

let folder: ReturnType<typeof temporaryFolder>;
let host: Host;
let url: string;
let editor: string;
let viewer: string;

beforeAll(async () => {
  folder = temporaryFolder();
  host = await openTestHost(folder.path);
  url = `${readControl(folder.path)?.url ?? ''}/api`;
  const tokenFor = async (name: string, permissions: Permission[]) =>
    ((await host.dispatch('token.create', { name, permissions, rate: 0 }, owner)) as { secret: string }).secret;
  editor = await tokenFor('editor', ['ALL_ORG_VIEW', 'ALL_ORG_EDIT']);
  viewer = await tokenFor('viewer', ['ALL_ORG_VIEW']);
});

afterAll(async () => {
  await host.close();
  folder.remove();
});

interface Body {
  id: string;
  [key: string]: unknown;
}

async function ask(method: string, path: string, body?: BodyInit, type?: string, token = editor) {
  const headers = { authorization: `Bearer ${token}`, ...(type !== undefined && { 'content-type': type }) };
  const answer = await fetch(url + path, { method, headers, ...(body !== undefined && { body }) });
  return { status: answer.status, body: (await answer.json()) as Body };
}

const send = (method: string, path: string, body: object) => ask(method, path, JSON.stringify(body), 'application/json');
const upload = (bytes: Uint8Array<ArrayBuffer> = png, type = 'image/png') => ask('POST', uploadPath, bytes, type);

function form(bytes: Uint8Array<ArrayBuffer>, { type = 'image/png', name = 'picture.png', fields = {} } = {}): FormData {
  const data = new FormData();
  for (const [field, value] of Object.entries(fields)) data.append(field, String(value));
  data.append('file', new File([bytes], name, { type }));
  return data;
}

const fetchFile = (id: string, token = editor) =>
  fetch(`${url}/image-assets/${id}/file`, { headers: { authorization: `Bearer ${token}` } });
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe('a picture', () => {
  test.each(imageTypes)('of type %s comes back byte for byte, with its type', async (type) => {
    const { status, body } = await upload(photo, type);
    expect([status, body]).toEqual([201, {
      id: body.id, mediaType: type, size: photo.length, createdAt: expect.any(String) as string,
      name: `${body.id}.${type.replace('image/', '')}`,
      url: `/api/image-assets/${body.id}/file`, fullUrl: `/api/image-assets/${body.id}/file`,
      thumb: `/api/image-assets/${body.id}/file`, thumbUrl: `/api/image-assets/${body.id}/file`,
    }]);
    const file = await fetchFile(body.id, viewer);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, type]);
    expect(await bytesOf(file)).toEqual(photo);
  });

  test('can be sent as the field file of a form, as clients of Ever Gauzy do', async () => {
    const { tenantId, organizationId } = (await ask('GET', '/user/me')).body;
    const { status, body } = await ask('POST', uploadPath, form(photo, { fields: { tenantId, organizationId } }));
    expect([status, body['size']]).toEqual([201, photo.length]);
    expect(await bytesOf(await fetchFile(body.id))).toEqual(photo);
    const other = await ask('POST', uploadPath, form(png, { fields: { tenantId: unknownId } }));
    expect(other.status).toBe(403);
  });

  test('never opens as a page in a browser, whatever its bytes are', async () => {
    const { body } = await upload(Buffer.from('<script>alert(1)</script>'));
    const { headers } = await fetchFile(body.id);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.png"/);
  });

  test('may have five megabytes and not a byte more, however it is sent', async () => {
    const most = Buffer.alloc(maxImageBytes, 7);
    const tooMuch = Buffer.alloc(maxImageBytes + 1, 7);
    expect((await upload(most)).status).toBe(201);
    const words = { statusCode: 413, error: 'Payload Too Large', message: 'The picture must not be larger than 5 MB' };
    expect((await upload(tooMuch)).body).toEqual(words);
    expect((await ask('POST', uploadPath, form(tooMuch))).body).toEqual(words);
  });

  test.each([
    ['a page', 415, () => upload(png, 'text/html')],
    ['a drawing that may hold scripts', 415, () => upload(png, 'image/svg+xml')],
    ['a page in a form', 400, () => ask('POST', uploadPath, form(png, { type: 'text/html', name: 'picture.png' }))],
    ['nothing', 400, () => upload(Buffer.alloc(0))],
    ['nothing in a form', 400, () => ask('POST', uploadPath, form(Buffer.alloc(0)))],
    ['a form without a file', 400, () => ask('POST', uploadPath, new FormData())],
    ['a form that does not say where its parts begin', 400, () => upload(png, 'multipart/form-data')],
  ])('is refused where it is %s, with %i and the reason', async (_what, status, request) => {
    const { body } = await request();
    expect(body).toEqual({ statusCode: status, error: expect.any(String) as string, message: expect.anything() as unknown });
    expect(String(body['message'])).toMatch(/mediaType must be one of|^The body must be .*image\/png|file should not be empty|file must be a file|form is not valid/);
  });

  test('is taken from who may edit, and shown to who may view', async () => {
    expect((await ask('POST', uploadPath, png, 'image/png', viewer)).status).toBe(403);
    expect((await ask('POST', uploadPath, png, 'image/png', 'nonsense')).status).toBe(401);
    const { body } = await upload();
    expect((await fetchFile(body.id, 'nonsense')).status).toBe(401);
    expect((await fetchFile(unknownId)).status).toBe(404);
    expect((await fetchFile('nonsense')).status).toBe(406);
  });

  test('is one, and the same, when it is sent again with the same key', async () => {
    const again = () =>
      fetch(url + uploadPath, {
        method: 'POST', body: png,
        headers: { authorization: `Bearer ${editor}`, 'content-type': 'image/png', 'idempotency-key': 'one picture' },
      }).then((answer) => answer.json() as Promise<Body>);
    expect((await again()).id).toBe((await again()).id);
  });
});

describe('the picture of a contact', () => {
  test('is set and taken away by its id, shown in every entity, and undone like any edit', async () => {
    const { body: image } = await upload();
    const { body: contact } = await send('POST', '/organization-contact', { name: 'Ann', imageId: image.id });
    expect(contact).toMatchObject({ imageId: image.id, image });
    const path = `/organization-contact/${contact.id}`;
    const { body: other } = await upload(photo, 'image/webp');
    expect((await send('PUT', path, { name: 'Ann', imageId: other.id })).body).toMatchObject({ imageId: other.id, image: other, rev: 2 });
    expect((await send('PUT', path, { name: 'Ann' })).body).toMatchObject({ imageId: other.id, rev: 2 });
    expect((await ask('GET', path)).body).toMatchObject({ image: { fullUrl: other['fullUrl'] } });
    expect((await send('PUT', path, { name: 'Ann', imageId: null })).body).toMatchObject({ imageId: null, image: null, rev: 3 });
    await host.dispatch('contact.update', { id: contact.id, name: 'Ann', imageId: image.id }, owner);
    await host.dispatch('undo.undo', {}, owner);
    expect((await ask('GET', path)).body).toMatchObject({ imageId: null, image: null });
  });

  test('must be one that is there, or nothing is changed', async () => {
    const before = (await ask('GET', '/organization-contact/count')).body;
    const refusal = { statusCode: 400, message: ['imageId must be a known image'] };
    expect((await send('POST', '/organization-contact', { name: 'Bea', imageId: unknownId })).body).toMatchObject(refusal);
    expect((await ask('GET', '/organization-contact/count')).body).toEqual(before);
    const { body: contact } = await send('POST', '/organization-contact', { name: 'Bea' });
    expect((await send('PUT', `/organization-contact/${contact.id}`, { name: 'Cea', imageId: unknownId })).body).toMatchObject(refusal);
    expect((await ask('GET', `/organization-contact/${contact.id}`)).body).toMatchObject({ name: 'Bea', rev: 1 });
    expect((await send('POST', '/organization-contact', { name: 'Bea', imageId: 5 })).body).toMatchObject({ statusCode: 400, message: [expect.stringMatching(/^imageId /)] });
  });
});

test('the description of the API tells which files the route takes', () => {
  const route = createOpenApi('0.0.0').paths[`/api${uploadPath}`]?.['post'];
  const content = (route?.requestBody as { content: object } | undefined)?.content ?? {};
  expect(Object.keys(content)).toEqual(['multipart/form-data', ...imageTypes]);
});
