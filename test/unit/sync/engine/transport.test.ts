import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { readOrigin } from '../../../../electron/sync/engine/origin.ts';
import { createTransport, fetchForeign, type TransportOptions } from '../../../../electron/sync/engine/transport.ts';
import type { NetworkError, TransportRequest } from '../../../../electron/sync/ports.ts';
import { untrusted } from './certificate.ts';

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const undo of cleanUp.splice(0)) undo();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

async function serve(answer: RequestListener): Promise<{ url: string; seen: IncomingMessage[]; server: Server }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, seen, server };
}

function transportTo(url: string, options?: TransportOptions) {
  const transport = createTransport(url, options);
  cleanUp.push(() => transport.close());
  return transport;
}

const get = (path = '/', more: Partial<TransportRequest> = {}): TransportRequest => ({
  method: 'GET', path, headers: {}, body: null, signal: new AbortController().signal, ...more,
});

async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const problem = async (work: Promise<unknown>): Promise<NetworkError> => work.then(() => { throw new Error('it worked'); }, (error: NetworkError) => error);

const hello = (_request: IncomingMessage, response: ServerResponse) => void response.end('hello');

describe('the address of a server', () => {
  test.each([
    ['https://crm.example.com', 'https://crm.example.com'], ['crm.example.com', 'https://crm.example.com'], [' HTTPS://CRM.example.com:8443/ ', 'https://crm.example.com:8443'],
    ['http://127.0.0.1:4780', 'http://127.0.0.1:4780'], ['localhost:3000', 'http://localhost:3000'], ['http://[::1]:4780', 'http://[::1]:4780'],
  ])('%s is %s', (typed, origin) => expect(readOrigin(typed)).toBe(origin));

  test.each(['http://crm.example.com', 'http://127.0.0.1.evil.example', 'ftp://crm.example.com', 'https://crm.example.com/api', 'https://ann:secret@crm.example.com', 'https://', 'https://crm.example.com/?a=1'])(
    '%s is refused, by name', (typed) => expect(() => readOrigin(typed)).toThrow(/^url /),
  );

  test('tokens never travel over plain HTTP to another machine', () => {
    expect(() => createTransport('http://crm.example.com')).toThrow(/https/);
  });
});

describe('requests', () => {
  test('carry method, path, headers and body, and their connection is kept', async () => {
    const { url, seen } = await serve((request, response) => void request.pipe(response));
    const transport = transportTo(url);
    for (let i = 0; i < 3; i += 1) {
      const { status, body } = await transport(get('/api/x?a=%5B', { method: 'PUT', headers: { 'Tenant-Id': 't' }, body: 'äöü' }));
      expect([status, await text(body)]).toEqual([200, 'äöü']);
    }
    expect(seen[0]).toMatchObject({ method: 'PUT', url: '/api/x?a=%5B' });
    expect(seen[0]?.rawHeaders).toContain('Tenant-Id');
    expect(seen[0]?.headers['content-length']).toBe('6');
    expect(new Set(seen.map(({ socket }) => socket.remotePort)).size).toBe(1);
  });

  test('follow no redirect', async () => {
    const { url, seen } = await serve((_request, response) => void response.writeHead(302, { location: 'https://evil.example/' }).end());
    const { status } = await transportTo(url)(get());
    expect(status).toBe(302);
    expect(seen).toHaveLength(1);
  });

  test('that nobody takes are told as offline, and were not sent', async () => {
    const { url, server } = await serve(hello);
    server.close();
    server.closeAllConnections();
    expect(await problem(transportTo(url)(get()))).toMatchObject({ kind: 'offline', sent: false });
  });

  test('to a name that does not exist are told as offline', async () => {
    expect(await problem(transportTo('https://fieldbook.invalid')(get()))).toMatchObject({ kind: 'offline', sent: false });
  });

  test('without an answer in time are given up, and may have arrived', async () => {
    const { url } = await serve(() => undefined);
    expect(await problem(transportTo(url, { totalMs: 50 })(get('/', { method: 'POST', body: '{}' })))).toMatchObject({ kind: 'timeout', sent: true });
  });

  test('whose answer stops in the middle are given up as well', async () => {
    const { url } = await serve((_request, response) => void response.write('{"items":['));
    const { body } = await transportTo(url, { totalMs: 100 })(get());
    expect(await problem(text(body))).toMatchObject({ kind: 'timeout', sent: true });
  });

  test('whose answer is cut short are told from a whole answer', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.socket?.destroy());
    });
    const { body } = await transportTo(url)(get());
    expect(await problem(text(body))).toMatchObject({ kind: 'reset' });
  });

  test('are stopped by whoever asked for them', async () => {
    const lid = new AbortController();
    const { url } = await serve(() => lid.abort());
    await expect(transportTo(url)(get('/', { signal: lid.signal }))).rejects.toThrow();
  });

  /** A server that closes a kept connection at the moment a second request comes on it. */
  async function forgetful(): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const perSocket = new WeakMap<Socket, number>();
    const { url } = await serve((request, response) => {
      const count = (perSocket.get(request.socket) ?? 0) + 1;
      perSocket.set(request.socket, count);
      if (count === 1) asked.push(request.method ?? '');
      if (count === 1) response.end('ok');
      else request.socket.resetAndDestroy();
    });
    return { url, asked };
  }

  test('to read are made once more when the kept connection was closed', async () => {
    const { url } = await forgetful();
    const transport = transportTo(url);
    for (let i = 0; i < 3; i += 1) expect(await text((await transport(get())).body)).toBe('ok');
  });

  test.each(['POST', 'PUT', 'DELETE'] as const)('that write (%s) are never made twice', async (method) => {
    const { url, asked } = await forgetful();
    const transport = transportTo(url);
    await text((await transport(get())).body);
    expect(await problem(transport(get('/', { method, body: '{}' })))).toMatchObject({ kind: 'reset', sent: true });
    expect(asked).toEqual(['GET']);
  });
});

describe('over HTTPS', () => {
  async function serveSecurely(): Promise<{ port: number }> {
    const server = createSecureServer(untrusted, hello);
    return { port: await listen(server) };
  }

  /** A proxy as an office has one. */
  async function proxy(): Promise<{ url: string; tunnels: string[] }> {
    const tunnels: string[] = [];
    const server = createServer();
    server.on('connect', (request, socket: Socket) => {
      tunnels.push(request.url ?? '');
      const [, port] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      for (const one of [socket, upstream]) one.on('error', () => undefined);
    });
    return { url: `http://127.0.0.1:${await listen(server)}`, tunnels };
  }

  test('a certificate that nobody trusts is refused, with the name of who made it', async () => {
    const { port } = await serveSecurely();
    const error = await problem(transportTo(`https://localhost:${port}`)(get()));
    expect(error).toMatchObject({ kind: 'tls', sent: false });
    expect(error.message).toContain('Office Filter');
  });

  test('one that the system trusts is taken', async () => {
    const { port } = await serveSecurely();
    const { body } = await transportTo(`https://localhost:${port}`, { authorities: [untrusted.cert] })(get());
    expect(await text(body)).toBe('hello');
  });

  test('the proxy of the environment is used, unless the host is excepted', async () => {
    const { port } = await serveSecurely();
    const { url, tunnels } = await proxy();
    const authorities = [untrusted.cert];
    const through = transportTo(`https://localhost:${port}`, { authorities, environment: { HTTPS_PROXY: url } });
    expect(await text((await through(get())).body)).toBe('hello');
    expect(tunnels).toEqual([`localhost:${port}`]);
    const past = transportTo(`https://localhost:${port}`, { authorities, environment: { HTTPS_PROXY: url, NO_PROXY: 'localhost' } });
    expect(await text((await past(get())).body)).toBe('hello');
    expect(tunnels).toHaveLength(1);
  });

  test('a proxy that refuses is told as being offline', async () => {
    const server = createServer();
    server.on('connect', (_request, socket: Socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${await listen(server)}` };
    expect(await problem(transportTo('https://crm.example.com', { environment })(get()))).toMatchObject({ sent: false });
  });

  test('pictures from elsewhere are fetched over HTTPS only', async () => {
    expect(await problem(fetchForeign('http://pictures.example/a.png', new AbortController().signal))).toMatchObject({ sent: false });
    const { url } = await serve(hello);
    const { body } = await fetchForeign(`${url}/a.png`, new AbortController().signal);
    expect(await text(body)).toBe('hello');
  });
});
