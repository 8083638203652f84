import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer, type TestServer } from './support/server.ts';

const count = '/api/organization-contact/count';

/** Connections that stay open until the test ends. */
async function openSockets(port: number, number: number, send = ''): Promise<Socket[]> {
  const sockets = await Promise.all(
    Array.from({ length: number }, () => new Promise<Socket>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        if (send !== '') socket.write(send);
        resolve(socket);
      });
      socket.on('error', () => undefined);
      socket.resume();
    })),
  );
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  return sockets;
}

const openOnes = (sockets: Socket[]) => sockets.filter((socket) => !socket.closed && !socket.readableEnded);

describe('bytes that are no proper HTTP', () => {
  const good = (port: number) => `Host: localhost:${port}\r\n`;

  it.each<[string, number, (port: number) => string]>([
    ['no HTTP at all', 400, () => 'hello\r\n\r\n'],
    ['a TLS handshake', 400, () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a broken version', 400, (port) => `GET ${count} HTTP/9.9\r\n${good(port)}\r\n`],
    ['a space before the colon', 400, (port) => `GET ${count} HTTP/1.1\r\n${good(port)}X-A : b\r\n\r\n`],
    ['two lengths', 400, (port) => `POST ${count} HTTP/1.1\r\n${good(port)}Content-Length: 1\r\nContent-Length: 2\r\n\r\na`],
    ['a negative length', 400, (port) => `POST ${count} HTTP/1.1\r\n${good(port)}Content-Length: -1\r\n\r\n`],
    ['length and chunks (smuggling)', 400, (port) =>
      `POST ${count} HTTP/1.1\r\n${good(port)}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG`],
    ['a folded header', 400, (port) => `GET ${count} HTTP/1.1\r\n${good(port)}X-A: b\r\n c\r\n\r\n`],
    ['NUL in a header', 400, (port) => `GET ${count} HTTP/1.1\r\n${good(port)}X-A: b\0\r\n\r\n`],
    ['bare line feeds in a header', 400, (port) => `GET ${count} HTTP/1.1\r\n${good(port)}X-A: b\rc\r\n\r\n`],
    ['a header beyond 16 kB', 431, (port) => `GET ${count} HTTP/1.1\r\n${good(port)}X-A: ${'b'.repeat(17_000)}\r\n\r\n`],
    ['an address beyond 16 kB', 431, (port) => `GET ${count}?q=${'b'.repeat(17_000)} HTTP/1.1\r\n${good(port)}\r\n`],
    ['CONNECT', 400, (port) => `CONNECT mail.example:443 HTTP/1.1\r\n${good(port)}\r\n`],
    ['an Expect we do not know', 400, (port) => `GET ${count} HTTP/1.1\r\n${good(port)}Expect: miracles\r\nConnection: close\r\n\r\n`],
    ['HTTP/1.0 without Host', 400, () => `GET ${count} HTTP/1.0\r\n\r\n`],
  ])('(%s) are refused with %i in the shape of an error', async (_title, status, bytes) => {
    const { sendRaw, port, calls } = await startServer({ deps: { limits: { keepAliveTimeout: 50 } } });
    const answer = await sendRaw(bytes(port));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as unknown;
    expect(body).toEqual({ statusCode: status, message: expect.any(String), error: expect.any(String) });
    expect(answer.toLowerCase()).toContain('cache-control: no-store');
    expect(calls).toEqual([]);
  });

  it('never reach an operation and never bring the server down', async () => {
    const server = await startServer({ deps: { limits: { headersTimeout: 100, keepAliveTimeout: 20, lingerTimeout: 20 } } });
    const head = `GET ${count} HTTP/1.1\r\nHost: localhost:${server.port}\r\n`;
    const noise = fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.string().map((text) => Buffer.from(head + text)));
    await fc.assert(
      fc.asyncProperty(noise, async (bytes) => {
        await server.sendRaw(bytes);
        expect(server.calls).toEqual([]);
      }),
      { numRuns: 30 },
    );
    expect((await server.ask('GET', count)).status).toBe(200);
  });
});

/** A client that keeps one connection, as good clients do. Answers with the status and the local port it used. */
function goodClient({ port, all }: TestServer) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return () =>
    new Promise<[status: number | undefined, localPort: number | undefined]>((resolve, reject) => {
      const headers = { authorization: `Bearer ${all}` };
      const request = httpRequest({ host: '127.0.0.1', port, path: count, agent, headers }, (response) => {
        const { localPort } = response.socket;
        response.resume().on('end', () => resolve([response.statusCode, localPort]));
      });
      request.on('error', reject).end();
    });
}

describe('many connections', () => {
  it('500 idle ones do not keep a good client out, nor cost it its connection', async () => {
    const server = await startServer();
    const ask = goodClient(server);
    const [, localPort] = await ask();
    const idle = await openSockets(server.port, 500);
    for (let round = 0; round < 20; round += 1) expect(await ask()).toEqual([200, localPort]);
    await expect.poll(() => openOnes(idle).length).toBeLessThan(64);
    expect(await ask()).toEqual([200, localPort]);
    expect((await server.ask('GET', count)).status).toBe(200);
  });

  it('those idle longest go first', async () => {
    const server = await startServer({ deps: { limits: { connections: 4 } } });
    const first = await openSockets(server.port, 2);
    const second = await openSockets(server.port, 2);
    await openSockets(server.port, 2);
    await expect.poll(() => openOnes(first).length).toBe(0);
    expect(openOnes(second).length).toBe(2);
  });

  it('half-sent requests (slowloris) do not keep a good client out', async () => {
    const server = await startServer();
    const slow = await openSockets(server.port, 200, `GET ${count} HTTP/1.1\r\nHost: localhost:${server.port}\r\nX-`);
    for (let round = 0; round < 10; round += 1) {
      slow.filter((socket) => socket.writable).forEach((socket) => socket.write('a'));
      expect((await server.ask('GET', count)).status).toBe(200);
    }
  });

  it('a request that is being served is never cut off by newcomers', async () => {
    let finish = (_count: number): void => undefined;
    const server = await startServer({
      handlers: { 'contact.count': () => new Promise((resolve) => (finish = resolve)) },
      deps: { limits: { connections: 4 } },
    });
    const answer = server.ask('GET', count);
    await expect.poll(() => server.calls.length).toBe(1);
    const idle = await openSockets(server.port, 50);
    await expect.poll(() => openOnes(idle).length).toBeLessThan(4);
    finish(5);
    expect((await answer).text).toBe('5');
  });
});

describe('slow connections', () => {
  it('have their headers done in time or get 408', async () => {
    const { sendRaw, port } = await startServer({ deps: { limits: { headersTimeout: 100 } } });
    const answer = await sendRaw(`GET ${count} HTTP/1.1\r\nHost: localhost:${port}\r\nX-`);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(answer).toContain('"error":"Request Timeout"');
  });

  it('are closed after a while of nothing', async () => {
    const { sendRaw, port, all } = await startServer({ deps: { limits: { keepAliveTimeout: 50 } } });
    const answer = await sendRaw(`GET ${count} HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${all}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('the server', () => {
  it('listens on the loopback address only, and says so when its port is taken', async () => {
    const { url, port, server } = await startServer();
    expect(url).toBe(`http://127.0.0.1:${port}`);
    const { server: second } = await startServer();
    await second.close();
    await expect(second.listen(port)).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining(String(port)) });
    await server.close();
    await expect(second.listen(port)).resolves.toEqual({ port, url });
  });

  it('moves to another port, and answers the request that asked for it', async () => {
    const server = await startServer({
      handlers: { 'contact.count': async () => (await server.server.listen(0)).port },
    });
    const answer = await server.ask('GET', count, { headers: { connection: 'keep-alive' } });
    const port = Number(answer.text);
    expect(port).not.toBe(server.port);
    await expect.poll(() => server.ask('GET', count).catch((error: Error) => error.message)).toContain('ECONNREFUSED');
    const health = await fetch(`http://127.0.0.1:${port}/api/health`);
    expect(health.status).toBe(200);
  });

  it('stays where it is when it cannot move', async () => {
    const { server, ask } = await startServer();
    const { port: taken } = await startServer();
    await expect(server.listen(taken)).rejects.toMatchObject({ kind: 'unavailable' });
    expect((await ask('GET', count)).status).toBe(200);
  });

  it('closes idle and half-open connections when it stops, and lets a running request finish', async () => {
    let finish = (_count: number): void => undefined;
    const { server, port, ask, calls } = await startServer({
      handlers: { 'contact.count': () => new Promise((resolve) => (finish = resolve)) },
    });
    const idle = await openSockets(port, 3, 'GET / HT');
    const answer = ask('GET', count);
    await expect.poll(() => calls.length).toBe(1);
    const closed = server.close();
    finish(5);
    expect((await answer).text).toBe('5');
    await closed;
    await expect.poll(() => openOnes(idle).length).toBe(0);
    await expect(ask('GET', count)).rejects.toThrow('ECONNREFUSED');
  });
});
