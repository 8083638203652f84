import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { protocolHandler } from './protocol.ts';

const contentTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

async function fetchFile(url: string): Promise<Response> {
  const path = fileURLToPath(url);
  const content = await readFile(path).catch(() => {
    throw new Error('net::ERR_FILE_NOT_FOUND');
  });
  const type = contentTypes[extname(path)] ?? 'application/octet-stream';
  return new Response(new Uint8Array(content), { headers: { 'content-type': type } });
}

/** Electron's net: fetch reads files and the app's own schemes too. */
export const net = {
  isOnline: (): boolean => true,
  get online(): boolean {
    return this.isOnline();
  },
  async fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const url = input instanceof Request ? input.url : String(input);
    if (url.startsWith('file:')) return fetchFile(url);
    const handler = protocolHandler(url);
    return handler ? handler(new Request(input, init)) : fetch(input, init);
  },
};
