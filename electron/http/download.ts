import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Download } from '../../shared/operation.ts';
import { sendJson } from './answer.ts';
import { isNotModified, weakTag } from './etag.ts';

const pieceBytes = 64 * 1024;
/** How long the event loop may be held before others get their turn, in milliseconds. */
const slice = 6;

/**
 * Sends a download as fast as the client reads it. What fits into one piece goes out as a plain answer with a
 * length; an error before the first byte is an ordinary error answer. Bare JSON has an ETag: of its content where that is
 * short, else `bookTag`, as what is sent piece by piece cannot be read before its first byte is sent.
 * A client that hangs up ends the generator; an error on the way breaks the connection, so that nobody takes half
 * a file for a whole one.
 */
export async function sendDownload(
  request: FastifyRequest,
  reply: FastifyReply,
  download: Download,
  report: (error: unknown) => void,
  bookTag?: string,
): Promise<FastifyReply> {
  const { fileName, mediaType } = download;
  const pieces = inPieces(download.chunks);
  try {
    const first = await pieces.next();
    const second = first.done ? first : await pieces.next();
    const head = first.done ? Buffer.alloc(0) : first.value;
    reply.header('content-type', mediaType);
    if (fileName !== undefined) reply.header('content-disposition', contentDisposition(fileName));
    if (second.done) return sendWhole(request, reply, head, fileName === undefined);

    if (fileName === undefined && bookTag !== undefined) {
      reply.header('etag', bookTag);
      if (isNotModified(request.headers['if-none-match'], bookTag)) return notModified(reply);
    }
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    if (request.method === 'HEAD') {
      raw.end();
      return reply;
    }
    for (const piece of [head, second.value]) await write(raw, piece);
    for await (const piece of pieces) await write(raw, piece);
    raw.end();
    return reply;
  } catch (error) {
    if (!reply.raw.headersSent) throw error;
    reply.raw.destroy();
    if (!(error instanceof HungUp)) report(error);
    return reply;
  } finally {
    await pieces.return();
  }
}

function sendWhole(request: FastifyRequest, reply: FastifyReply, body: Buffer, tagged: boolean): FastifyReply {
  if (!tagged) return reply.send(body);
  const text = body.toString('utf8');
  const tag = weakTag(text);
  reply.header('etag', tag);
  if (isNotModified(request.headers['if-none-match'], tag)) return notModified(reply);
  return sendJson(reply, 200, text);
}

function notModified(reply: FastifyReply): FastifyReply {
  return reply.removeHeader('content-type').code(304).send();
}

class HungUp extends Error {}

/** Resolves when the client has taken so much that more may be sent. Throws when it hung up. */
async function write(response: ServerResponse, piece: Buffer): Promise<void> {
  if (response.destroyed) throw new HungUp();
  if (!response.write(piece)) await drained(response);
}

/** Resolves when the client has read what was sent, or hung up. */
export function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off('drain', settle).off('close', settle);
      resolve();
    };
    response.on('drain', settle).on('close', settle);
  });
}

/** Gathers small chunks into pieces worth a packet, and lets others have the event loop in between. */
async function* inPieces(chunks: Download['chunks']): AsyncGenerator<Buffer, void, void> {
  let gathered: Buffer[] = [];
  let size = 0;
  let since = performance.now();
  for await (const chunk of chunks) {
    const bytes = bytesOf(chunk);
    gathered.push(bytes);
    size += bytes.length;
    if (size >= pieceBytes) {
      yield Buffer.concat(gathered);
      gathered = [];
      size = 0;
    }
    if (performance.now() - since > slice) {
      await nextTurn();
      since = performance.now();
    }
  }
  if (size > 0) yield Buffer.concat(gathered);
}

function bytesOf(chunk: string | Uint8Array): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk);
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** As RFC 6266 says: a plain name for old clients, the real one in UTF-8. */
function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
