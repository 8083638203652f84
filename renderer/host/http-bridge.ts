import type { Bridge, Connection, Envelope } from '../../shared/bridge.ts';
import { AppError, toWire } from '../../shared/errors.ts';
import type { HostEvent } from '../../shared/events.ts';
import { createStreamReader, eventsOf } from './event-stream.ts';

const tokenKey = 'fieldbook.token';
/** Milliseconds before a broken stream of announcements is taken up again. */
const retryAfter = 1_000;

/**
 * The token of this browser window: kept for the session, or claimed once with the code in the address' fragment,
 * which is taken out of the address at once. Throws AppError `unauthorized` without either.
 */
export async function claimToken(location: Location, storage: Storage): Promise<string> {
  const code = /^#code=(.+)$/.exec(location.hash)?.[1];
  if (code !== undefined) {
    window.history.replaceState(null, '', location.pathname);
    const response = await fetch('/api/window/claim', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    if (response.ok) storage.setItem(tokenKey, ((await response.json()) as { token: string }).token);
  }
  const token = storage.getItem(tokenKey);
  if (token === null) {
    throw new AppError('unauthorized', 'This page needs the address that Fieldbook printed when it started.');
  }
  return token;
}

export interface HttpBridge extends Bridge {
  /** Goes on with another token: the one that a host which was started anew has given to this window. */
  renew(token: string): void;
}

/** The bridge of a window in a browser: `/api/rpc` for operations, `/api/events` for announcements. */
export function createHttpBridge(token: string): HttpBridge {
  let authorization = { Authorization: `Bearer ${token}` };
  const renewals = new Set<() => void>();

  async function post(path: string, headers: Record<string, string>, body: BodyInit): Promise<Response> {
    return fetch(`/api/rpc/${path}`, { method: 'POST', headers: { ...authorization, ...headers }, body });
  }

  return {
    shell: 'browser',
    async call(name, input) {
      return envelopeOf(await post(name, { 'Content-Type': 'application/json' }, JSON.stringify(input)));
    },
    async upload(name, input, source) {
      // A request with a streamed body needs HTTP/2, so the pieces are gathered; a Blob may live on disk.
      const pieces: BlobPart[] = [];
      for (let piece = await source(); piece !== null; piece = await source()) pieces.push(new Uint8Array(piece));
      const headers = { 'Content-Type': 'application/octet-stream', 'X-Input': encodeInput(input) };
      return envelopeOf(await post(`${name}/upload`, headers, new Blob(pieces)));
    },
    async download(name, input) {
      const headers = { 'Content-Type': 'application/octet-stream', 'X-Input': encodeInput(input) };
      const response = await post(`${name}/download`, headers, '');
      const fileName = fileNameOf(response.headers.get('Content-Disposition'));
      if (fileName === null) return envelopeOf(response);
      saveFile(await response.blob(), fileName);
      return { ok: true, value: true };
    },
    subscribe(listener, onConnection = () => undefined) {
      let stop = followEvents(authorization, listener, onConnection, false);
      const followAnew = (): void => {
        stop();
        stop = followEvents(authorization, listener, onConnection, true);
      };
      renewals.add(followAnew);
      return () => {
        renewals.delete(followAnew);
        stop();
      };
    },
    renew(next) {
      authorization = { Authorization: `Bearer ${next}` };
      renewals.forEach((followAnew) => followAnew());
    },
    async openExternal(address) {
      if (/^(mailto|tel):/i.test(address)) window.location.assign(address);
      else window.open(address, '_blank', 'noopener,noreferrer');
      return { ok: true, value: true };
    },
  };
}

/** What the host says in an envelope, or the plain error body of a request that never reached an operation. */
async function envelopeOf<T>(response: Response): Promise<Envelope<T>> {
  const body = (await response.json()) as Envelope<T> | { message: string | string[] };
  if ('ok' in body) return body;
  const message = [body.message].flat().join('; ');
  return { ok: false, error: toWire(new AppError(response.status === 401 ? 'unauthorized' : 'internal', message)) };
}

/**
 * Follows the event stream and takes it up again when it breaks; after a break everything is read anew. It ends when
 * the host does not know this window any more.
 */
function followEvents(
  headers: Record<string, string>,
  listener: (events: HostEvent[]) => void,
  onConnection: (connection: Connection) => void,
  hasMissed: boolean,
): () => void {
  const stop = new AbortController();

  async function connect(mayHaveMissed: boolean): Promise<Connection> {
    const response = await fetch('/api/events', { headers, signal: stop.signal });
    if (!response.ok) return response.status === 401 ? 'ended' : 'lost';
    onConnection('open');
    if (mayHaveMissed) listener([{ type: 'bulk' }]);
    // A stream that breaks says little yet: it does when it cannot be taken up again.
    await listen(response).catch(() => undefined);
    return 'open';
  }

  async function listen(response: Response): Promise<void> {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const readMessages = createStreamReader();
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      const events = readMessages(piece.value).flatMap(eventsOf);
      if (events.length > 0) listener(events);
    }
  }

  async function keepFollowing(): Promise<void> {
    for (let mayHaveMissed = hasMissed; !stop.signal.aborted; mayHaveMissed = true) {
      const connection = await connect(mayHaveMissed).catch(() => 'lost' as const);
      if (stop.signal.aborted) return;
      if (connection !== 'open') onConnection(connection);
      if (connection === 'ended') return;
      await new Promise((resolve) => setTimeout(resolve, retryAfter));
    }
  }

  void keepFollowing();
  return () => stop.abort();
}

/** A header holds no Unicode, so the input travels as base64url of its JSON. */
function encodeInput(input: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(input));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fileNameOf(disposition: string | null): string | null {
  const [, encoded, plain] = /filename\*=UTF-8''([^;]+)|filename="?([^";]+)/i.exec(disposition ?? '') ?? [];
  return encoded === undefined ? (plain ?? null) : decodeURIComponent(encoded);
}

function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
