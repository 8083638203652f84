import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { pageHeaders, readPageFiles } from '../page-files.ts';
import { gate, type HttpContext } from './context.ts';

/** Serves the built page at `/`: one route for each file there is when the server is made. */
export function addPageFiles(app: FastifyInstance, context: HttpContext, directory: string): void {
  const headers = pageHeaders();
  for (const [url, { path, mediaType }] of readPageFiles(directory)) {
    app.get(url, { onRequest: gate(context, 'public', url) }, async (_request, reply) =>
      reply.headers(headers).header('content-type', mediaType).send(await readFile(path)),
    );
  }
}
