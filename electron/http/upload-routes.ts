import { createHash, type Hash } from 'node:crypto';
import multipart, { type Multipart, type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, invalidField } from '../../shared/errors.ts';
import type { Operation } from '../../shared/operation.ts';
import { sendJson } from './answer.ts';
import { keepAnswer, sendReplay } from './answer-once.ts';
import { assertStillLive, gate, sessionOf, type HttpContext } from './context.ts';
import { scopedKey, type StoredAnswer } from './idempotency-store.ts';
import { assertNotCompressed, hasBody, tooLarge } from './json-body.ts';
import { readQuery, restRoutes, type RestRoute } from './operation-routes.ts';
import { assertBodyScope, withoutScope } from './scope.ts';

/** A file on its way in. */
interface IncomingFile {
  /** What its type says for the input; nothing when a form's file has a type that says nothing. */
  kind: Record<string, string>;
  /** The fields of a form that came before the file: part of the input, like the query. */
  fields: Record<string, unknown>;
  bytes: AsyncIterable<Uint8Array>;
}

type Accepts = NonNullable<Operation['accepts']>;

const nothingAccepted: Accepts = { field: 'type', types: {} };

/** One route for each operation that takes a file: as the whole body, or as the field `file` of a form. */
export async function addUploadRoutes(app: FastifyInstance, context: HttpContext): Promise<void> {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: context.limits.uploadBytes, files: 2, fields: 20, fieldSize: 64 * 1024, headerPairs: 100 },
  });
  for (const route of restRoutes()) {
    if (route.operation.stream !== 'up') continue;
    const url = `/api${route.rest.path}`;
    app.route({
      method: route.rest.method,
      url,
      onRequest: gate(context, route.operation.access, url),
      handler: (request, reply) => receive(route, context, request, reply),
    });
  }
}

async function receive(
  { name, operation, rest, isOurs }: RestRoute,
  context: HttpContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const session = sessionOf(request);
  const query = readQuery(request, context, isOurs);
  const { kind, fields, bytes } = await fileOf(request, operation.accepts ?? nothingAccepted, isOurs, context);
  const input = { ...kind, ...fields, ...query, ...(request.params as object) };
  const key = request.headers['idempotency-key'];
  if (key === undefined) {
    const checked = endingWith(bytes, () => assertStillLive(context, session));
    const value = await context.dispatch(name, input, session.caller, checked);
    return sendJson(reply, rest.status, JSON.stringify(value));
  }

  // Only the whole file tells whether it is the same: the key counts from its end, before anything is done with it.
  const ownKey = scopedKey(session.digest, String(key));
  const digest = createHash('sha256').update(`${rest.method} ${request.raw.url}\n${JSON.stringify(fields)}\n`);
  let hasBegun = false;
  let replayed: StoredAnswer | undefined;
  const checked = endingWith(hashed(bytes, digest), () => {
    assertStillLive(context, session);
    const begun = context.idempotency.begin(ownKey, digest.digest('hex'), false);
    if ('answer' in begun) {
      replayed = begun.answer;
      throw new AppError('conflict', 'This file was already received');
    }
    hasBegun = true;
  });
  const work = await outcome(() => context.dispatch(name, input, session.caller, checked));
  if (replayed) return sendReplay(reply, replayed);
  if (hasBegun) return keepAnswer(context, reply, rest, ownKey, work);
  return sendJson(reply, rest.status, JSON.stringify(work()));
}

/** Waits for the work; what comes back answers its value or throws its error. */
async function outcome(work: () => unknown): Promise<() => unknown> {
  try {
    const value = await work();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

async function* hashed(pieces: AsyncIterable<Uint8Array>, digest: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    digest.update(piece);
    yield piece;
  }
}

async function fileOf(request: FastifyRequest, accepts: Accepts, isOurs: boolean, context: HttpContext): Promise<IncomingFile> {
  assertNotCompressed(request.raw);
  if (request.isMultipart()) return fileOfForm(request, accepts, isOurs, context);
  const [type = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';', 1);
  const value = accepts.types[type.trim()];
  if (value === undefined) {
    throw new AppError('unsupported', `The body must be ${['multipart/form-data', ...Object.keys(accepts.types)].join(', ')}`);
  }
  if (!hasBody(request.raw)) throw invalidField('file', 'should not be empty');
  return { kind: { [accepts.field]: value }, fields: {}, bytes: bytesOf(request.raw, context.limits.uploadBytes) };
}

/** The file of a form. Its other fields are options, which have to be known before the file is read. */
async function fileOfForm(
  request: FastifyRequest,
  { field, types }: Accepts,
  isOurs: boolean,
  { limits, profile }: HttpContext,
): Promise<IncomingFile> {
  const parts = partsOf(request);
  const fields: Record<string, unknown> = {};
  let part = await parts.next();
  while (!part.done && part.value.type === 'field') {
    fields[part.value.fieldname] = part.value.value;
    part = await parts.next();
  }
  assertBodyScope(fields, profile());
  if (part.done || part.value.fieldname !== 'file') throw invalidField('file', 'must be a file of the form');
  const { file, filename, mimetype } = part.value as MultipartFile;
  const [, extension] = /\.(\w+)$/.exec(filename.toLowerCase()) ?? [];
  const value = Object.values(types).find((one) => one === extension) ?? types[mimetype.toLowerCase()];

  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield* unbroken(file, 'The form broke off');
    if (file.truncated) throw tooLarge(limits.uploadBytes);
    for await (const { type, fieldname } of parts) {
      if (type === 'file') throw invalidField(fieldname, 'is one file too many');
      if (isOurs) throw invalidField(fieldname, 'must come before the file');
    }
  }
  return { kind: value === undefined ? {} : { [field]: value }, fields: isOurs ? withoutScope(fields, profile()) : fields, bytes: bytes() };
}

/** The parts of a form in their order. Throws `invalid` where they cannot be told apart or the form breaks off. */
async function* partsOf(request: FastifyRequest): AsyncGenerator<Multipart> {
  try {
    yield* request.parts();
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) throw error;
    throw new AppError('invalid', 'The form is not valid multipart/form-data');
  }
}

/** The body of a request, piece by piece. Throws `tooLarge` beyond the limit; the rest then stays unread. */
export async function* bytesOf(request: FastifyRequest['raw'], maxBytes: number): AsyncGenerator<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  let size = 0;
  for await (const chunk of unbroken(request.iterator({ destroyOnReturn: false }), 'The body broke off')) {
    size += (chunk as Buffer).length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    yield chunk as Buffer;
  }
}

/** The same pieces, with a check before the end is announced. */
export async function* endingWith(
  pieces: AsyncIterable<Uint8Array>,
  check: () => void,
): AsyncGenerator<Uint8Array> {
  yield* pieces;
  check();
}

/** The same pieces. Throws `invalid` when they end before their time: the client hung up, or sent less than it said. */
async function* unbroken<T>(pieces: AsyncIterable<T>, message: string): AsyncGenerator<T> {
  try {
    yield* pieces;
  } catch {
    throw new AppError('invalid', message);
  }
}
