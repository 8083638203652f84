import { decodeBase64 } from './base64.ts';
import { paramValues, typesOf, type VCardParam, type VCardProperty } from './property.ts';

const imageTypes = ['jpeg', 'png', 'gif', 'webp', 'bmp', 'tiff', 'heic', 'avif', 'svg+xml'];
const mediaTypes = new Map([
  ...imageTypes.map((type): [string, string] => [type, `image/${type}`]),
  ['jpg', 'image/jpeg'],
  ['wave', 'audio/wave'],
  ['basic', 'audio/basic'],
  ['mp3', 'audio/mpeg'],
  ['ogg', 'audio/ogg'],
  ['pgp', 'application/pgp-keys'],
  ['x509', 'application/pkix-cert'],
]);

/** The media type that a property with embedded bytes declares by TYPE or MEDIATYPE, `undefined` if none. */
export function mediaTypeOf(property: VCardProperty): string | undefined {
  const declared = [...paramValues(property, 'MEDIATYPE'), ...typesOf(property)].map((type) => type.toLowerCase());
  for (const type of declared) {
    if (type.includes('/')) return type === 'image/jpg' ? 'image/jpeg' : type;
    const known = mediaTypes.get(type);
    if (known !== undefined) return known;
  }
  return undefined;
}

/** A media type as 3.0's TYPE: `JPEG` on a PHOTO; the whole type where its short name would not say enough. */
export function mediaTypeParam(name: string, mediaType: string): VCardParam {
  const short = [...mediaTypes].find(([, type]) => type === mediaType)?.[0];
  const isImage = name === 'PHOTO' || name === 'LOGO';
  const subtype = isImage && mediaType.startsWith('image/') ? mediaType.slice('image/'.length) : undefined;
  return ['TYPE', [(short ?? subtype)?.toUpperCase() ?? mediaType]];
}

/** Reads a `data:` address with base64, as 4.0 embeds bytes; separators may be escaped. */
export function parseDataUri(value: string): { head: string; mediaType: string; base64: string } | undefined {
  const head = /^\s*data:([^,;\\]*)((?:\\?;[^,;\\]*)*)\\?;base64\\?,/i.exec(value.slice(0, 500));
  if (head === null) return undefined;
  const mediaType = (head[1] ?? '').toLowerCase();
  return {
    head: head[0],
    mediaType: mediaType === '' ? 'application/octet-stream' : mediaType === 'image/jpg' ? 'image/jpeg' : mediaType,
    base64: value.slice(head[0].length).replace(/\s+/g, ''),
  };
}

export function dataUri(mediaType: string, base64: string): string {
  return `data:${mediaType};base64,${base64}`;
}

/** The media type of an image by its first bytes, `undefined` for anything but the images browsers show. */
export function imageTypeOf(base64: string): string | undefined {
  const head = String.fromCharCode(...decodeBase64(base64, 24));
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  if (/^RIFF.{4}WEBP/s.test(head)) return 'image/webp';
  if (head.startsWith('BM')) return 'image/bmp';
  if (/^.{4}ftypavi[fs]/s.test(head)) return 'image/avif';
  return undefined;
}
