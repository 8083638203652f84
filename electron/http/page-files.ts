import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { contentSecurityPolicy } from '../../shared/csp.ts';
import { gate, type HttpContext } from './context.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webp': 'image/webp',
};

/** What keeps a page of ours to itself in a browser. */
export function pageHeaders(styleNonce?: string): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(styleNonce),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
  };
}

/**
 * Serves the built page at `/`. Only files that are there when the server is made have a route:
 * no path of a request ever reaches the file system.
 */
export function addPageFiles(app: FastifyInstance, context: HttpContext, directory: string): void {
  const headers = pageHeaders();
  for (const file of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const mediaType = mediaTypes[extname(file.name)];
    if (!file.isFile() || mediaType === undefined) continue;
    const path = join(file.parentPath, file.name);
    const name = path.slice(directory.length).split(sep).join('/').replace(/^\/*/, '/');
    const url = name === '/index.html' ? '/' : name;
    app.get(url, { onRequest: gate(context, 'public', url) }, async (_request, reply) =>
      reply.headers(headers).header('content-type', mediaType).send(await readFile(path)),
    );
  }
}
