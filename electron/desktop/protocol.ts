import { readFileSync } from 'node:fs';
import { pageHeaders, readPageFiles } from '../page-files.ts';

/** The page's own scheme, with one host in it. */
export const scheme = 'app';
const host = 'bundle';
export const bundledPage = `${scheme}://${host}/`;

/** Answers requests of the page from the files that were built, and from no others. */
export function createPageHandler(rendererDir: string): (request: Request) => Response {
  const files = readPageFiles(rendererDir);
  return (request) => {
    const url = new URL(request.url);
    const file = url.host === host && request.method === 'GET' ? files.get(url.pathname) : undefined;
    if (!file) return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });
    return new Response(readFileSync(file.path), { headers: { ...pageHeaders(), 'content-type': file.mediaType } });
  };
}
