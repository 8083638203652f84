import type { IncomingMessage } from 'node:http';
import fastify, { type FastifyError, type FastifyReply } from 'fastify';
import { AppError, errorKinds, toAppError, type ErrorKind } from '../../shared/errors.ts';
import { commonHeaders, sendError } from './answer.ts';
import { gate, type HttpContext } from './context.ts';
import { addDocRoutes } from './doc-routes.ts';
import { addEventStream, type EventStreams } from './event-stream.ts';
import type { LoggedResponse } from './logged-response.ts';
import { addOperationRoutes, notFound } from './operation-routes.ts';
import { addPageFiles } from './page-files.ts';
import { addRpcRoutes } from './rpc-routes.ts';
import { addUploadRoutes } from './upload-routes.ts';

export interface AppOptions {
  version: string;
  rendererDir: string | undefined;
}

export interface App {
  routing(request: IncomingMessage, response: LoggedResponse): void;
  endStreams(): void;
}

/** All routes. Bodies are read by the routes themselves, after the token has been checked. */
export async function createApp(context: HttpContext, { version, rendererDir }: AppOptions): Promise<App> {
  const app = fastify({
    logger: false,
    // What comes in is checked against the operation table: without compilers of its own, Fastify need not load any.
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    routerOptions: {
      ignoreTrailingSlash: true,
      maxParamLength: context.limits.headerBytes,
      // Routes parse the query themselves, where a malformed one can be refused.
      querystringParser: () => ({}),
    },
    frameworkErrors: (error, _request, reply) => {
      void answerError(error, (reply as FastifyReply).headers(commonHeaders((reply.raw as LoggedResponse).requestId)));
    },
  });
  app.decorateRequest('session', null);
  // After the check at the door: a client that waits with its body is told to go on, or is refused without sending it.
  app.addHook('preParsing', (request, reply, _payload, done) => {
    if (request.headers.expect !== undefined) reply.raw.writeContinue();
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  function answerError(thrown: unknown, reply: FastifyReply): FastifyReply {
    const error = toRefusal(thrown);
    if (error.kind === 'internal') context.report(thrown);
    return sendError(reply, error);
  }
  app.setErrorHandler((error, _request, reply) => answerError(error, reply));
  app.setNotFoundHandler({}, (request, reply) => {
    gate(context, 'token', 'none').call(app, request, reply, (error) => {
      void answerError(error ?? notFound(request), reply);
    });
  });

  addOperationRoutes(app, context);
  addRpcRoutes(app, context);
  addDocRoutes(app, context, version);
  const streams: EventStreams = addEventStream(app, context);
  if (rendererDir !== undefined) addPageFiles(app, context, rendererDir);
  await app.register(async (scope) => addUploadRoutes(scope, context));
  await app.ready();

  return { routing: (request, response) => app.routing(request, response), endStreams: () => streams.endAll() };
}

/** Fastify's own refusals (a broken address, a form that breaks the limits) in our words; the rest as it is. */
function toRefusal(thrown: unknown): AppError {
  const status = (thrown as Partial<FastifyError>).statusCode;
  if (thrown instanceof AppError || status === undefined || status >= 500) return toAppError(thrown);
  const kinds = Object.keys(errorKinds) as ErrorKind[];
  const kind = kinds.find((each) => errorKinds[each].status === status) ?? 'invalid';
  return new AppError(kind, messages[kind] ?? 'The request is not valid');
}

const messages: Partial<Record<ErrorKind, string>> = {
  tooLarge: 'The body is too large',
  unsupported: 'The type of the body is not known here',
};

/** A route with a schema would be an error: none has one. */
function noCompiler(): never {
  throw new Error('routes have no schemas');
}
