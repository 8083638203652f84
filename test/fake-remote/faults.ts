import type { RemoteOutcome, RemoteRequest, RemoteResponse } from './transport.ts';
import { bodyBytes } from './transport.ts';
import type { World } from './world.ts';

/**
 * What goes wrong with a request.
 * - `drop` `reset` `timeout`: no answer
 * - `html200` `{ redirect }`: somebody else answers, a captive portal or a proxy
 * - `{ status, headers, body }`: the answer is replaced; a body that is no string is sent as JSON
 * - `truncate`: the body is cut in half; `{ delayMs }`: it comes late
 * - `emptyList` `{ total }`: a list without rows, or with another `total`
 * - `databaseDown`: for this request alone; `messageIn2xx`: nothing done, success status, an error inside
 * - `duplicateLate`: a copy of the request stays on its way until `deliverLate()`; `{ duplicateAfter: n }`: until n
 *   more requests have come
 * - `{ run }`: something else happens at this moment, such as another person's edit
 */
export type FaultAction =
  | 'drop'
  | 'reset'
  | 'timeout'
  | 'html200'
  | 'truncate'
  | 'emptyList'
  | 'databaseDown'
  | 'messageIn2xx'
  | 'duplicateLate'
  | { status: number; headers?: Record<string, string>; body?: unknown }
  | { delayMs: number }
  | { total: number }
  | { redirect: string }
  | { duplicateAfter: number }
  | { run: () => void };

export interface Fault {
  /** [every request] */
  match?: (request: RemoteRequest) => boolean;
  /** [1] How many requests it hits; `Infinity` for all. */
  times?: number;
  /** [before] `after`: the server has done its work, and then the answer is lost or replaced. */
  at?: 'before' | 'after';
  do: FaultAction;
}

export type Handler = (request: RemoteRequest) => RemoteResponse;

/** The script of faults. */
export interface Faults {
  /** Adds a fault. @returns takes it away again */
  add: (fault: Fault) => () => void;
  clear: () => void;
  /** Delivers copies of requests that are still on their way. @returns how many */
  deliverLate: () => number;
}

const portal =
  '<!doctype html><html><head><title>Welcome to the hotel</title></head><body><form>Room number</form></body></html>';

/** The server behind a script of faults; the first that matches a request hits it. */
export function createFaults(
  world: World,
  handle: Handler,
): Faults & { handle: (request: RemoteRequest) => RemoteOutcome } {
  let faults: { fault: Fault; left: number }[] = [];
  let late: { request: RemoteRequest; after: number }[] = [];

  const deliver = (isDue: (entry: { after: number }) => boolean): number => {
    const due = late.filter(isDue);
    late = late.filter((entry) => !isDue(entry));
    for (const { request } of due) handle(request);
    return due.length;
  };

  const next = (request: RemoteRequest): Fault | undefined => {
    const hit = faults.find(({ fault, left }) => left > 0 && (fault.match?.(request) ?? true));
    if (!hit) return undefined;
    hit.left -= 1;
    if (hit.left <= 0) faults = faults.filter((entry) => entry !== hit);
    return hit.fault;
  };

  return {
    add: (fault) => {
      const entry = { fault, left: fault.times ?? 1 };
      faults.push(entry);
      return () => {
        faults = faults.filter((one) => one !== entry);
      };
    },
    clear: () => {
      faults = [];
      late = [];
    },
    deliverLate: () => deliver(() => true),
    handle: (request) => {
      for (const entry of late) entry.after -= 1;
      deliver(({ after }) => after <= 0);
      const fault = next(request);
      if (!fault) return handle(request);
      const { do: action, at = 'before' } = fault;
      if (action === 'duplicateLate') late.push({ request, after: Infinity });
      else if (typeof action === 'object' && 'duplicateAfter' in action)
        late.push({ request, after: action.duplicateAfter });
      return apply(world, request, action, at, handle);
    },
  };
}

function apply(
  world: World,
  request: RemoteRequest,
  action: FaultAction,
  at: 'before' | 'after',
  handle: Handler,
): RemoteOutcome {
  const instead = replacement(action, world);
  if (instead) {
    if (at === 'after') handle(request);
    return instead;
  }
  if (action === 'databaseDown') return withDatabaseDown(world, () => handle(request));
  if (action === 'messageIn2xx') return message2xx(request, world);
  if (typeof action === 'object' && 'run' in action && at === 'before') action.run();
  const response = handle(request);
  if (typeof action === 'object' && 'run' in action && at === 'after') action.run();
  return changed(response, action);
}

/** An answer, or none, that does not depend on what the server says. */
function replacement(action: FaultAction, world: World): RemoteOutcome | null {
  const date = new Date(world.settings.clock()).toUTCString();
  if (action === 'drop' || action === 'reset' || action === 'timeout') return { failure: action };
  if (action === 'html200') return page(200, { 'content-type': 'text/html; charset=utf-8', date });
  if (typeof action === 'string') return null;
  if ('redirect' in action) return page(302, { location: action.redirect, 'content-type': 'text/html', date });
  if ('status' in action) {
    const body =
      typeof action.body === 'string' ? action.body : action.body === undefined ? '' : JSON.stringify(action.body);
    return {
      status: action.status,
      headers: { 'content-type': 'application/json; charset=utf-8', date, ...action.headers },
      body,
    };
  }
  return null;
}

const page = (status: number, headers: Record<string, string>): RemoteResponse => ({ status, headers, body: portal });

function withDatabaseDown(world: World, handle: () => RemoteResponse): RemoteResponse {
  const before = world.databaseUp;
  world.databaseUp = false;
  try {
    return handle();
  } finally {
    world.databaseUp = before;
  }
}

function message2xx({ method }: RemoteRequest, world: World): RemoteResponse {
  const status = { GET: 200, POST: 201 }[method] ?? 202;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    date: new Date(world.settings.clock()).toUTCString(),
  };
  return { status, headers, body: '{"message":"Cannot read properties of undefined (reading \'id\')"}' };
}

/** The server's answer, damaged on its way. */
function changed(response: RemoteResponse, action: FaultAction): RemoteResponse {
  if (action === 'truncate') {
    const bytes = bodyBytes(response.body);
    return { ...response, body: bytes.subarray(0, Math.floor(bytes.length / 2)), truncated: true };
  }
  if (action === 'emptyList') return relisted(response, (list) => ({ ...list, items: [], total: 0 }));
  if (typeof action !== 'object') return response;
  if ('total' in action) return relisted(response, (list) => ({ ...list, total: action.total }));
  return 'delayMs' in action ? { ...response, delayMs: action.delayMs } : response;
}

function relisted(response: RemoteResponse, change: (list: Record<string, unknown>) => unknown): RemoteResponse {
  if (response.status !== 200) return response;
  const body = JSON.stringify(change(JSON.parse(bodyBytes(response.body).toString()) as Record<string, unknown>));
  const { etag: _, ...headers } = response.headers;
  return { ...response, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body };
}
