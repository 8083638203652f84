import { randomUUID } from 'node:crypto';
import { imageTypes, maxImageBytes } from '../../../shared/operations/book.ts';
import { NetworkError, type PushItem, type TransportResponse } from '../ports.ts';
import type { ReadRow } from '../wire/decode.ts';
import type { Engine } from './engine.ts';
import { RequestError } from './stop.ts';

/** Brings pictures of contacts that the book does not have yet. @returns the server's ids of those that could not be had */
export async function fetchPictures(engine: Engine, rows: readonly ReadRow[]): Promise<Set<string>> {
  const urls = new Map<string, string | null>();
  for (const { row, pictureUrl } of rows) {
    const id = row.snapshot.values.imageId;
    if (typeof id === 'string') urls.set(id, pictureUrl);
  }
  const failed = new Set<string>();
  if (urls.size === 0) return failed;
  for (const id of await engine.book.missingImages([...urls.keys()])) {
    const picture = await fetchPicture(engine, urls.get(id) ?? null);
    if (!picture || !(await engine.book.storeImage(id, picture.mediaType, picture.bytes))) failed.add(id);
  }
  return failed;
}

/** A picture; null when it cannot be had, also at a second try: one picture must not hold up all contacts. */
async function fetchPicture(engine: Engine, address: string | null): Promise<{ mediaType: string; bytes: Uint8Array } | null> {
  const { unreachable } = engine;
  const url = address !== null && URL.canParse(address, engine.origin) ? new URL(address, engine.origin) : null;
  if (!url || unreachable.has(url.origin)) return null;
  for (let tries = 1; ; tries += 1) {
    try {
      const { headers, body } = await open(engine, url);
      const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
      const isPicture = (imageTypes as readonly string[]).includes(mediaType);
      // A body that nobody begins to read keeps its connection, and there are few.
      const bytes = await readAtMost(body, isPicture ? maxImageBytes : 0);
      return isPicture && bytes ? { mediaType, bytes } : null;
    } catch (error) {
      if (!(error instanceof RequestError) && !(error instanceof NetworkError)) throw error;
      if (error instanceof NetworkError && !error.sent) unreachable.add(url.origin);
      if (tries === 2 || !mayPass(error)) return null;
      await engine.api.pause();
    }
  }
}

const mayPass = (error: RequestError | NetworkError): boolean =>
  error instanceof NetworkError ? error.sent : error.failure.kind === 'transient';

/** The token goes to the server's own origin only. */
async function open({ api, origin, fetchForeign, signal }: Engine, url: URL): Promise<TransportResponse> {
  if (url.origin === origin) return api.open({ method: 'GET', path: url.pathname + url.search, headers: { accept: 'image/*' } });
  const response = await fetchForeign(url.href, signal);
  if (response.status === 200) return response;
  const kind = response.status >= 500 ? 'transient' : 'final';
  throw new RequestError({ kind, status: response.status, message: `The picture's server answered ${response.status}.`, inDoubt: false });
}

async function readAtMost(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > limit) return null;
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** Sends a picture of this book to the server. Sent twice after a lost answer, it is there twice: nobody shows the other. */
export async function uploadPicture({ remote, book }: Engine, picture: NonNullable<PushItem['newImage']>): Promise<void> {
  const { tenantId, organizationId } = remote.account;
  const boundary = `fieldbook-${randomUUID()}`;
  const extension = picture.mediaType.replace('image/', '');
  const part = (head: string) => `--${boundary}\r\nContent-Disposition: form-data; ${head}`;
  const body = Buffer.concat([
    Buffer.from(`${part('name="organizationId"')}\r\n\r\n${organizationId}\r\n`),
    Buffer.from(`${part('name="tenantId"')}\r\n\r\n${tenantId}\r\n`),
    Buffer.from(`${part(`name="file"; filename="picture.${extension}"`)}\r\nContent-Type: ${picture.mediaType}\r\n\r\n`),
    picture.bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const id = await remote.uploadPicture(`multipart/form-data; boundary=${boundary}`, body);
  await book.learnImage(picture.localId, id);
}
