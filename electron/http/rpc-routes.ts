import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Envelope } from '../../shared/bridge.ts';
import { AppError, toAppError, toWire } from '../../shared/errors.ts';
import type { Download } from '../../shared/operation.ts';
import { isOperationName, operationOf, type OperationName } from '../../shared/operations/index.ts';
import { sendJson } from './answer.ts';
import { assertStillLive, gate, sessionOf, type HttpContext } from './context.ts';
import { sendDownload } from './download.ts';
import { assertJsonType, hasBody, parseJson, parseJsonObject, readBody } from './json-body.ts';
import { notFound } from './operation-routes.ts';
import { bytesOf, endingWith } from './upload-routes.ts';

/**
 * The operation table for a window in a browser, which holds the owner's token: `/rpc/:operation` with the input as
 * JSON body; `/upload` and `/download` with the input in `X-Input`, as base64url of JSON.
 * An answered call is always 200, with the value or the error in an envelope.
 */
export function addRpcRoutes(app: FastifyInstance, context: HttpContext): void {
  const door = (url: string) => ({ method: 'POST' as const, url, onRequest: gate(context, 'owner', url) });

  app.route({
    ...door('/api/rpc/:operation'),
    handler: async (request, reply) => {
      const name = operationNamed(request, undefined);
      const session = sessionOf(request);
      const input = await readInput(request, context);
      assertStillLive(context, session);
      return answerCall(reply, context, () => context.dispatch(name, input, session.caller));
    },
  });

  app.route({
    ...door('/api/rpc/:operation/upload'),
    handler: async (request, reply) => {
      const name = operationNamed(request, 'up');
      const session = sessionOf(request);
      const input = inputOfHeader(request);
      const bytes = bytesOf(request.raw, operationOf(name).maxFileBytes ?? context.limits.uploadBytes);
      const file = endingWith(bytes, () => assertStillLive(context, session));
      return answerCall(reply, context, () => context.dispatch(name, input, session.caller, file));
    },
  });

  app.route({
    ...door('/api/rpc/:operation/download'),
    handler: async (request, reply) => {
      const name = operationNamed(request, 'down');
      const input = inputOfHeader(request);
      try {
        const file = (await context.dispatch(name, input, sessionOf(request).caller)) as Download;
        // The window tells a file from an envelope by its name.
        return await sendDownload(request, reply, { fileName: name, ...file }, context.report);
      } catch (error) {
        return sendEnvelope(reply, failure(error, context));
      }
    },
  });

  app.route({
    method: 'POST',
    url: '/api/window/claim',
    onRequest: gate(context, 'public', '/api/window/claim'),
    handler: async (request, reply) => {
      assertJsonType(request.raw);
      const { bodyBytes, requestTimeout } = context.limits;
      const { code } = parseJsonObject(await readBody(request.raw, bodyBytes, requestTimeout));
      const token = typeof code === 'string' ? context.claimWindowCode(code) : undefined;
      if (token === undefined) throw new AppError('unauthorized', 'This code is not valid, or no longer');
      return sendJson(reply, 200, JSON.stringify({ token }));
    },
  });
}

/** The operation in the path, if it is of the kind that the path serves. Throws `notFound`. */
function operationNamed(request: FastifyRequest, stream: 'up' | 'down' | undefined): OperationName {
  const { operation: name } = request.params as { operation: string };
  if (!isOperationName(name) || operationOf(name).stream !== stream) throw notFound(request);
  return name;
}

async function readInput(request: FastifyRequest, { limits }: HttpContext): Promise<unknown> {
  if (!hasBody(request.raw)) return {};
  assertJsonType(request.raw);
  return parseJson(await readBody(request.raw, limits.rpcBodyBytes, limits.requestTimeout));
}

function inputOfHeader(request: FastifyRequest): unknown {
  const encoded = request.headers['x-input'];
  if (encoded === undefined) return {};
  if (typeof encoded !== 'string' || !/^[\w-]*$/.test(encoded)) {
    throw new AppError('invalid', 'X-Input must be base64url');
  }
  return parseJson(Buffer.from(encoded, 'base64url'));
}

async function answerCall(reply: FastifyReply, context: HttpContext, call: () => unknown): Promise<FastifyReply> {
  try {
    return sendEnvelope(reply, { ok: true, value: await call() });
  } catch (error) {
    return sendEnvelope(reply, failure(error, context));
  }
}

function failure(error: unknown, { report }: HttpContext): Envelope<never> {
  const known = toAppError(error);
  if (known.kind === 'internal') report(error);
  return { ok: false, error: toWire(known) };
}

function sendEnvelope(reply: FastifyReply, envelope: Envelope<unknown>): FastifyReply {
  return sendJson(reply, 200, JSON.stringify(envelope));
}
