import { createHash, type Hash } from 'node:crypto';
import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, invalidField } from '../../shared/errors.ts';
import type { Operation } from '../../shared/operation.ts';
import { sendJson } from './answer.ts';
import { keepAnswer, sendReplay } from './answer-once.ts';
import { assertStillLive, gate, sessionOf, type HttpContext } from './context.ts';
import { scopedKey, type StoredAnswer } from './idempotency-store.ts';
import { assertNotCompressed, hasBody, tooLarge } from './json-body.ts';
import { readQuery, restRoutes, type RestRoute } from './operation-routes.ts';
import { assertBodyScope } from './scope.ts';

/** A file on its way in. */
interface IncomingFile {
  /** What its type says for the input; nothing when a form's file has a type that says nothing. */
  kind: Record<string, string>;
  bytes: AsyncIterable<Uint8Array>;
}

type Accepts = NonNullable<Operation['accepts']>;

/** One route for each operation that takes a file: as the whole body, or as the field `file` of a form. */
export async function addUploadRoutes(app: FastifyInstance, context: HttpContext): Promise<void> {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: context.limits.uploadBytes, files: 1, fields: 20, fieldSize: 64 * 1024, headerPairs: 100 },
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
  { name, operation, rest }: RestRoute,
  context: HttpContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const session = sessionOf(request);
  const query = readQuery(request, context);
  const { kind, bytes } = await fileOf(request, operation.accepts ?? { field: 'type', types: {} }, context);
  const input = { ...kind, ...query, ...(request.params as object) };
  const key = request.headers['idempotency-key'];
  if (key === undefined) {
    const checked = endingWith(bytes, () => assertStillLive(context, session));
    const value = await context.dispatch(name, input, session.caller, checked);
    return sendJson(reply, rest.status, JSON.stringify(value));
  }

  // Only the whole file tells whether it is the same: the key counts from its end, before anything is done with it.
  const ownKey = scopedKey(session.digest, String(key));
  const digest = createHash('sha256').update(`${rest.method} ${request.raw.url}\n`);
  let hasBegun = false;
  let replayed: StoredAnswer | undefined;
  const checked = endingWith(hashed(bytes, digest), () => {
    assertStillLive(context, session);
    const begun = context.idempotency.begin(ownKey, digest.digest('hex'), false);
    if ('answer' in begun) {
      replayed = begun.answer;
      throw new AppError('conflict', 'This file was taken in already');
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

async function fileOf(request: FastifyRequest, accepts: Accepts, context: HttpContext): Promise<IncomingFile> {
  assertNotCompressed(request.raw);
  if (request.isMultipart()) return fileOfForm(request, accepts, context);
  const [type = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';', 1);
  const value = accepts.types[type.trim()];
  if (value === undefined) {
    throw new AppError('unsupported', `The body must be ${['multipart/form-data', ...Object.keys(accepts.types)].join(', ')}`);
  }
  if (!hasBody(request.raw)) throw invalidField('file', 'should not be empty');
  return { kind: { [accepts.field]: value }, bytes: bytesOf(request.raw, context.limits.uploadBytes) };
}

async function fileOfForm(request: FastifyRequest, { field, types }: Accepts, { limits, profile }: HttpContext): Promise<IncomingFile> {
  const part = await formFile(request);
  if (part?.fieldname !== 'file') throw invalidField('file', 'must be a file of the form');
  // Of the form, what came before the file.
  const fields = Object.entries(part.fields).flatMap(([name, one]) => (one && 'value' in one ? [[name, one.value]] : []));
  assertBodyScope(Object.fromEntries(fields) as Record<string, unknown>, profile());
  const [, extension] = /\.(\w+)$/.exec(part.filename.toLowerCase()) ?? [];
  const value = Object.values(types).find((one) => one === extension) ?? types[part.mimetype.toLowerCase()];
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield* part?.file ?? [];
    if (part?.file.truncated) throw tooLarge(limits.uploadBytes);
  }
  return { kind: value === undefined ? {} : { [field]: value }, bytes: bytes() };
}

/** The first file of a form. Throws `invalid` where the header does not say how the form is cut into its parts. */
async function formFile(request: FastifyRequest): Promise<MultipartFile | undefined> {
  try {
    return await request.file();
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) throw error;
    throw new AppError('invalid', 'The form is not valid multipart/form-data');
  }
}

/** The body of a request, piece by piece. Throws `tooLarge` beyond the limit; the rest then stays unread. */
export async function* bytesOf(request: FastifyRequest['raw'], maxBytes: number): AsyncGenerator<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
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
