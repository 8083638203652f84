import { createHash } from 'node:crypto';
import { parseBody, parseQuery, type Call, type Reply } from './call.ts';
import { HttpError, StatuslessError } from './errors.ts';
import { createPermissionMemory, guard } from './guards.ts';
import { createRouter, routesOf } from './routes.ts';
import { createThrottle, TooManyRequests } from './throttle.ts';
import type { RemoteRequest, RemoteResponse } from './transport.ts';
import type { World } from './world.ts';

const maxBody = 50 * 1024 * 1024;
const maxHead = 16 * 1024;

/** The server without sockets: one request in, one answer out, nothing in between. */
export function createServer(world: World): (request: RemoteRequest) => RemoteResponse {
  const memory = createPermissionMemory(world);
  const route = createRouter(routesOf(world.settings, memory));
  const throttle = createThrottle(world);

  const answer = (request: RemoteRequest, headers: Record<string, string>): Reply & { status: number } => {
    if ((request.body?.byteLength ?? 0) > maxBody)
      throw new HttpError(413, { statusCode: 413, message: 'request entity too large' });
    const [pathname, search] = splitOnce(request.path, '?');
    const body = parseBody(request, headers);
    const found = route(request.method, pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname);
    if (!found) {
      const message = `Cannot ${request.method} ${request.path}`;
      throw new HttpError(404, { message, error: 'Not Found', statusCode: 404 });
    }
    const { params, route: one } = found;
    const limits = throttle(`${one.method} ${one.pattern}`);
    const call: Omit<Call, 'caller'> = { world, request, pathname, headers, params, query: parseQuery(search), body };
    const reply = replyOf(() => one.handle({ ...call, caller: one.access && guard(call, one.access, memory) }));
    return { status: one.success, ...reply, headers: { ...reply.headers, ...limits } };
  };

  return (request) => {
    const date = new Date(world.settings.clock()).toUTCString();
    if (headSize(request) > maxHead) return { status: 431, headers: { connection: 'close' }, body: null };
    const headers = lowerCase(request.headers);
    let reply: Reply & { status: number };
    try {
      reply = answer(request, headers);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      reply = errorReply(error);
    }
    return withTag(
      {
        status: reply.status,
        headers: { ...reply.headers, date, 'access-control-allow-origin': '*' },
        body: reply.body,
      },
      request,
      headers,
    );
  };
}

/** An error without a status leaves with the route's success status and a body of one message. */
function replyOf(handle: () => Reply): Reply {
  try {
    return handle();
  } catch (error) {
    if (!(error instanceof StatuslessError)) throw error;
    return {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ message: error.message }),
    };
  }
}

function errorReply(error: HttpError): Reply & { status: number } {
  return {
    status: error.status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(error instanceof TooManyRequests && { 'retry-after': error.retryAfter }),
    },
    body: JSON.stringify(error.body),
  };
}

/** Adds length and weak tag of the content; 304 for a GET that has it already. */
function withTag(
  response: RemoteResponse,
  request: RemoteRequest,
  headers: Readonly<Record<string, string>>,
): RemoteResponse {
  const { length, etag } = measure(response.body);
  const tagged: Record<string, string> = { ...response.headers, etag };
  const noCache = /\bno-cache\b/.test(headers['cache-control'] ?? '');
  if (request.method === 'GET' && response.status === 200 && !noCache && matchesTag(headers['if-none-match'], etag)) {
    const { 'content-type': _, ...rest } = tagged;
    return { status: 304, headers: rest, body: null };
  }
  return { ...response, headers: { ...tagged, 'content-length': String(length) } };
}

function measure(body: RemoteResponse['body']): { length: number; etag: string } {
  const hash = createHash('sha1');
  let length = 0;
  const pieces = body === null ? [] : typeof body === 'string' || body instanceof Uint8Array ? [body] : body;
  for (const piece of pieces) {
    hash.update(piece);
    length += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.byteLength;
  }
  return { length, etag: `W/"${length.toString(16)}-${hash.digest('base64').slice(0, 27)}"` };
}

function matchesTag(sent: string | undefined, etag: string): boolean {
  if (sent === undefined) return false;
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return sent.trim() === '*' || sent.split(',').some((tag) => opaque(tag) === opaque(etag));
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const name in headers) lower[name.toLowerCase()] = headers[name] ?? '';
  return lower;
}

function headSize({ path, headers }: RemoteRequest): number {
  let size = path.length;
  for (const name in headers) size += name.length + (headers[name]?.length ?? 0) + 4;
  return size;
}

function splitOnce(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
