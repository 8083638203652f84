import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGuard } from '../../../electron/http/guard.ts';
import { startServer, type TestServer } from './support/server.ts';

const port = 4780;
const guard = createGuard(port);
const ownHost = ['Host', `127.0.0.1:${port}`];
const path = '/api/organization-contact/count';

const refusals: [title: string, status: number, headers: string[], url: string][] = [
  ['no Host', 400, [], path],
  ['two Hosts', 400, [...ownHost, ...ownHost], path],
  ['an absolute-form target', 400, ownHost, `http://127.0.0.1:${port}${path}`],
  ['an asterisk-form target', 400, ownHost, '*'],
  ['a Host of another name (DNS rebinding)', 403, ['Host', `evil.example:${port}`], path],
  ['a Host that only begins like ours', 403, ['Host', `127.0.0.1.evil.example:${port}`], path],
  ['a Host with another port', 403, ['Host', '127.0.0.1:80'], path],
  ['a Host without a port', 403, ['Host', 'localhost'], path],
  ['a Host with a trailing dot', 403, ['Host', `localhost.:${port}`], path],
  ['a Host of another spelling of the loopback', 403, ['Host', `127.1:${port}`], path],
  ['an Origin of another site', 403, [...ownHost, 'Origin', 'https://evil.example'], path],
  ['the Origin null', 403, [...ownHost, 'Origin', 'null'], path],
  ['an Origin on another port', 403, [...ownHost, 'Origin', 'http://127.0.0.1:3000'], path],
  ['an Origin with another scheme', 403, [...ownHost, 'Origin', `https://127.0.0.1:${port}`], path],
  ['an Origin that is ours but not the Host', 403, [...ownHost, 'Origin', `http://localhost:${port}`], path],
  ['two Origins', 403, [...ownHost, 'Origin', `http://127.0.0.1:${port}`, 'Origin', 'https://evil.example'], path],
  ['a cross-site request', 403, [...ownHost, 'Sec-Fetch-Site', 'cross-site'], path],
  ['a same-site request', 403, [...ownHost, 'Sec-Fetch-Site', 'same-site'], path],
  ['two Authorization headers', 400, [...ownHost, 'Authorization', 'Bearer a', 'authorization', 'Bearer b'], path],
  ['a token in the address', 400, ownHost, `${path}?token=abc`],
  ['an access token in the address', 400, ownHost, `${path}?a=1&access_token=abc`],
  ['our own token anywhere in the address', 400, ownHost, `${path}?q=fbk_${'a'.repeat(43)}`],
  ['Content-Length and Transfer-Encoding', 400, [...ownHost, 'Content-Length', '3', 'Transfer-Encoding', 'chunked'], path],
  ['a Transfer-Encoding besides chunked', 400, [...ownHost, 'Transfer-Encoding', 'gzip, chunked'], path],
];

describe('the guard', () => {
  it.each(refusals)('refuses %s with %i', (_title, status, headers, url) => {
    expect(guard(headers, url)?.kind).toBe(status === 400 ? 'invalid' : 'forbidden');
  });

  it.each([
    ['127.0.0.1', [...ownHost]],
    ['localhost', ['Host', `localhost:${port}`]],
    ['LOCALHOST', ['hOST', `LOCALHOST:${port}`]],
    ['[::1]', ['Host', `[::1]:${port}`]],
    ['its own page', [...ownHost, 'Origin', `http://127.0.0.1:${port}`, 'Sec-Fetch-Site', 'same-origin']],
    ['an address typed by a person', [...ownHost, 'Sec-Fetch-Site', 'none']],
  ])('lets %s through', (_title, headers) => {
    expect(guard(headers, `${path}?q=token&where[token]=1`)).toBeUndefined();
  });

  it('lets no other Host through, whatever it is', () => {
    const own = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
    const nearly = fc.tuple(fc.constantFrom(...own), fc.nat(20), fc.string({ minLength: 1, maxLength: 3 }));
    const hosts = fc.oneof(fc.string(), fc.domain(), nearly.map(([host, at, text]) => host.slice(0, at) + text + host.slice(at)));
    fc.assert(
      fc.property(hosts, (host) => {
        fc.pre(!own.has(host.toLowerCase()));
        expect(guard(['Host', host], path)).toBeDefined();
      }),
    );
  });
});

describe('the server behind the guard', () => {
  /** The attack as it goes over the wire, with the port the server has and a token that would be good. */
  function wire(server: TestServer, headers: string[], url: string): string {
    const own = (text: string) => text.replaceAll(`:${port}`, `:${server.port}`);
    const lines: string[] = [];
    for (let index = 0; index < headers.length; index += 2) lines.push(`${headers[index]}: ${own(headers[index + 1] ?? '')}`);
    if (!headers.some((name) => name.toLowerCase() === 'authorization')) lines.push(`Authorization: Bearer ${server.all}`);
    return [`GET ${own(url)} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n');
  }

  it('answers every attack in the shape of an error, with no CORS header, and does nothing', async () => {
    const server = await startServer();
    for (const [title, status, headers, url] of refusals) {
      const answer = await server.sendRaw(wire(server, headers, url));
      expect(answer, title).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(answer.toLowerCase(), title).not.toContain('access-control');
      const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')).trim()) as { statusCode: number; error: string };
      expect(body, title).toEqual({ statusCode: status, message: expect.any(String), error: expect.any(String) });
    }
    expect(server.calls).toEqual([]);
  });

  it('refuses a preflight and sends no CORS header', async () => {
    const server = await startServer();
    const answer = await server.ask('OPTIONS', path, {
      token: null,
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('refuses a request with two Hosts that share one connection with a good one', async () => {
    const server = await startServer({ handlers: { 'contact.count': () => 7 } });
    const good = `GET ${path} HTTP/1.1\r\nHost: localhost:${server.port}\r\nAuthorization: Bearer ${server.all}\r\n`;
    const answer = await server.sendRaw(`${good}\r\n${good}Host: evil\r\nConnection: close\r\n\r\n`);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
    expect(server.calls).toHaveLength(1);
  });
});
