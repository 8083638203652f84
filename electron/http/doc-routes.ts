import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { sendJson } from './answer.ts';
import { gate, type HttpContext } from './context.ts';
import { docsPage } from './docs-page.ts';
import { createOpenApi } from './openapi.ts';
import { pageHeaders } from '../page-files.ts';

/** `/api/openapi.json` and `/api/docs`: they hold no data and need no token. */
export function addDocRoutes(app: FastifyInstance, context: HttpContext, version: string): void {
  let made: { document: ReturnType<typeof createOpenApi>; json: string } | undefined;
  const description = () => {
    if (!made) {
      const document = createOpenApi(version);
      made = { document, json: JSON.stringify(document) };
    }
    return made;
  };

  app.get('/api/openapi.json', { onRequest: gate(context, 'public', '/api/openapi.json') }, (_request, reply) =>
    sendJson(reply, 200, description().json),
  );

  app.get('/api/docs', { onRequest: gate(context, 'public', '/api/docs') }, (_request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    const page = docsPage(description().document, nonce);
    return reply.headers(pageHeaders(nonce)).header('content-type', 'text/html; charset=utf-8').send(page);
  });
}
