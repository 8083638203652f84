import { createHash } from 'node:crypto';
import { imageTypes, maxImageBytes } from '../../shared/operations/book.ts';
import { isObject } from '../formats/import-record.ts';
import type { FilePhoto } from './file-row.ts';

export const photoDigest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A picture from its base64. */
export function readPhoto({ mediaType, base64 }: { mediaType: string; base64: string }): FilePhoto {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  return { mediaType, bytes, digest: photoDigest(bytes) };
}

/**
 * The picture of a contact in our JSON (`image` with its type and base64), or why it cannot be taken. One that is too
 * large is left out with a warning: the contact is worth more than its picture.
 */
export function photoFromJson(image: unknown): { photo?: FilePhoto; problem?: string; warning?: string } {
  if (!isObject(image) || image['base64'] === undefined) return {};
  const { mediaType, base64 } = image;
  if (typeof mediaType !== 'string' || !(imageTypes as readonly string[]).includes(mediaType)) {
    return { problem: `image.mediaType must be one of: ${imageTypes.join(', ')}` };
  }
  if (typeof base64 !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return { problem: 'image.base64 must be base64' };
  const photo = readPhoto({ mediaType, base64 });
  return photo.bytes.length > maxImageBytes ? { warning: 'image was left out: it is larger than 5 MB' } : { photo };
}
