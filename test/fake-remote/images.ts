import { callerOf, json, type Call, type Reply } from './call.ts';
import { imageEntity } from './entities.ts';
import { badRequest, notFound } from './errors.ts';
import { parseMultipart } from './multipart.ts';
import type { ImageRow } from './rows.ts';
import { newBase, put, type World } from './world.ts';

const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
};

/** `POST /api/image-assets/upload/contacts`, multipart with `file`, `organizationId` and `tenantId`. */
export function uploadImage(call: Call): Reply {
  const { world, request, headers } = call;
  const { tenantId, user } = callerOf(call);
  const parts = parseMultipart(headers['content-type'] ?? '', request.body ?? new Uint8Array());
  const file = parts.find(({ name }) => name === 'file');
  if (!file?.mediaType) throw badRequest('File is required');
  const organization = parts.find(({ name }) => name === 'organizationId');
  const organizationId = organization ? Buffer.from(organization.bytes).toString() : null;
  const row = addImage(
    world,
    { tenantId, organizationId, userId: user.id },
    file.mediaType,
    Uint8Array.from(file.bytes),
  );
  return json(imageEntity(world, row));
}

/** Keeps an image. @throws HttpError 400 for a type the server does not take, such as SVG */
export function addImage(
  world: World,
  owner: { tenantId: string; organizationId: string | null; userId: string },
  mediaType: string,
  bytes: Uint8Array,
): ImageRow {
  const extension = extensions[mediaType];
  if (extension === undefined) throw badRequest(`Unsupported file type: ${mediaType}`);
  const base = newBase(world, owner);
  const row: ImageRow = {
    ...base,
    name: `${base.id}.${extension}`,
    url: `contacts/${base.id}.${extension}`,
    mediaType,
    bytes,
  };
  put(world, world.tables.images, row);
  return row;
}

/** `GET /public/contacts/:file`: the bytes, for anybody. */
export function imageFile({ world, params }: Call): Reply {
  const image = world.tables.images.get(params.file?.split('.')[0] ?? '');
  if (!image) throw notFound('Not Found');
  return { headers: { 'content-type': image.mediaType }, body: image.bytes };
}
