import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { AppError } from '../../shared/errors.ts';

export const maxDepth = 32;

/** Whether a request announces a body. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Throws `unsupported` unless the body is plain JSON in UTF-8. */
export function assertJsonType({ headers }: Pick<IncomingMessage, 'headers'>): void {
  const parts = (headers['content-type'] ?? '').split(';').map((part) => part.trim().toLowerCase());
  const [mediaType, ...parameters] = parts;
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (mediaType !== 'application/json') throw new AppError('unsupported', 'The body must be application/json');
  if (charset !== undefined && charset.replaceAll('"', '') !== 'utf-8') {
    throw new AppError('unsupported', 'The body must be in UTF-8');
  }
  assertNotCompressed({ headers });
}

/** Throws `unsupported` for a compressed body. */
export function assertNotCompressed({ headers }: Pick<IncomingMessage, 'headers'>): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new AppError('unsupported', 'The body must not be compressed');
  }
}

/**
 * All bytes of a body. Throws `tooLarge` beyond `maxBytes`, `timeout` when it has not arrived after `timeout`
 * milliseconds. The rest of a refused body stays unread.
 */
export function readBody(request: IncomingMessage, maxBytes: number, timeout: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      reject(tooLarge(maxBytes));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => finish(() => reject(new AppError('timeout', 'The body took too long'))), timeout);
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) finish(() => reject(tooLarge(maxBytes)));
      else chunks.push(chunk);
    };
    const onEnd = () => finish(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    const onBroken = () => finish(() => reject(new AppError('invalid', 'The body broke off')));
    function finish(settle: () => void): void {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onBroken);
      settle();
    }
    request.on('data', onData).on('end', onEnd).on('close', onBroken).on('error', onBroken);
  });
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError('tooLarge', `The body must not be larger than ${maxBytes} bytes`);
}

/**
 * JSON from bytes; of duplicate keys the last counts. Throws `invalid` for broken UTF-8, a byte order mark,
 * malformed JSON, more than 32 levels, and keys that reach for an object's prototype.
 */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new AppError('invalid', 'The body is not valid UTF-8');
  const text = bytes.toString('utf8');
  if (text.startsWith('\ufeff')) throw new AppError('invalid', 'The body must not begin with a byte order mark');
  if (isDeeperThan(text, maxDepth)) {
    throw new AppError('invalid', `The body must not be nested deeper than ${maxDepth} levels`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('invalid', 'The body is not valid JSON');
  }
  if (mayReachPrototype.test(text)) assertNoPrototypeKeys(value);
  return value;
}

/** The JSON object of a body; no body is an empty object. Throws `invalid` for any other JSON. */
export function parseJsonObject(bytes: Buffer): Record<string, unknown> {
  const value = bytes.length === 0 ? {} : parseJson(bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AppError('invalid', 'The body must be an object');
  }
  return value as Record<string, unknown>;
}

/** Whether brackets nest deeper than the limit; told from the text, before anything is built from it. */
function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return false;
}

/** Cheap: most bodies have none of these, and no escapes that could spell them. */
const mayReachPrototype = /__proto__|constructor|\\u/;

function assertNoPrototypeKeys(root: unknown): void {
  const pending = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (key === '__proto__') throw new AppError('invalid', 'The body must not have the key __proto__');
      if (key === 'constructor' && typeof inner === 'object' && inner !== null && Object.hasOwn(inner, 'prototype')) {
        throw new AppError('invalid', 'The body must not have the key constructor.prototype');
      }
      pending.push(inner);
    }
  }
}
