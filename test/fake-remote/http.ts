import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { FakeRemote } from './remote.ts';
import type { RemoteOutcome, RemoteRequest, RemoteResponse } from './transport.ts';

/** A fake remote behind a port of 127.0.0.1. */
export interface ServedRemote {
  /** `http://127.0.0.1:PORT` */
  url: string;
  close: () => Promise<void>;
}

/**
 * Puts a fake remote behind HTTP.
 * @param pace milliseconds that an answer takes, by request
 */
export async function serveFakeRemote(
  remote: FakeRemote,
  { port = 0, pace = () => 0 }: { port?: number; pace?: (request: RemoteRequest) => number } = {},
): Promise<ServedRemote> {
  const server = createServer((incoming, outgoing) => {
    void readRequest(incoming).then(
      (request) => {
        const outcome = remote.handle(request);
        const delay = pace(request) + ('delayMs' in outcome ? (outcome.delayMs ?? 0) : 0);
        if (delay > 0) setTimeout(() => send(outcome, outgoing), delay);
        else send(outcome, outgoing);
      },
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  remote.world.origin = url;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The request with header names as they were sent. */
async function readRequest(incoming: IncomingMessage): Promise<RemoteRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers: Record<string, string> = {};
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2)
    headers[incoming.rawHeaders[i] ?? ''] = incoming.rawHeaders[i + 1] ?? '';
  const body = chunks.length === 0 ? null : Buffer.concat(chunks);
  return { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body };
}

function send(outcome: RemoteOutcome, outgoing: ServerResponse): void {
  if (!('failure' in outcome)) return respond(outcome, outgoing);
  if (outcome.failure === 'reset') outgoing.socket?.resetAndDestroy();
  else if (outcome.failure === 'drop') outgoing.socket?.destroy();
}

function respond({ status, headers, body, truncated }: RemoteResponse, outgoing: ServerResponse): void {
  outgoing.writeHead(status, headers);
  if (truncated) outgoing.write(body, () => outgoing.socket?.destroy());
  else if (body === null || typeof body === 'string' || body instanceof Uint8Array) outgoing.end(body);
  else Readable.from(body).pipe(outgoing);
}
