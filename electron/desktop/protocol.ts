import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { contentSecurityPolicy } from '../../shared/csp.ts';

/** The page's own scheme, with one host in it. */
export const scheme = 'app';
export const bundledPage = `${scheme}://bundle/`;

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/**
 * Answers requests of the page from the files that were built, and from no others: the list is read once, and a path
 * is looked up in it as it stands, so that no spelling of `..` reaches a file.
 */
export function createPageHandler(rendererDir: string): (request: Request) => Response {
  const files = new Map(
    readdirSync(rendererDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${relative(rendererDir, file).split(sep).join('/')}`, file]),
  );
  return (request) => {
    const url = new URL(request.url);
    const path = url.pathname === '/' ? '/index.html' : url.pathname;
    const file = url.host === 'bundle' && request.method === 'GET' ? files.get(path) : undefined;
    const mediaType = mediaTypes[extname(path)];
    if (!file || !mediaType) return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
    return new Response(readFileSync(file), { headers: { 'content-security-policy': contentSecurityPolicy(), 'content-type': mediaType, 'x-content-type-options': 'nosniff' } });
  };
}
