import type { IpcMainInvokeEvent } from 'electron';
import type { Envelope } from '../../../shared/bridge.ts';
import { errorKinds, fromWire, type ErrorBody, type ErrorKind } from '../../../shared/errors.ts';
import { pathParameters } from '../../../shared/operation.ts';
import { operationOf, type CallName, type Input, type Output } from '../../../shared/operations/index.ts';
import type { Caller } from '../../../shared/permissions.ts';
import { channels } from '../../../electron/ipc/channels.ts';
import { registerIpc } from '../../../electron/ipc/register.ts';
import type { Host } from '../../../electron/host.ts';

/** What a caller sees of a refusal, over any transport. */
export interface Refusal {
  kind: ErrorKind;
  messages: string[];
}

/** One way to the operations. `call` throws a Refusal. */
export interface Transport {
  name: string;
  call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>;
}

const owner: Caller = { kind: 'owner', actor: 'ui' };

export function direct(host: Host): Transport {
  return {
    name: 'direct call',
    async call(name, input) {
      try {
        return (await host.dispatch(name, input, owner)) as never;
      } catch (error) {
        throw refusalOf(error as { kind: ErrorKind; message: string; issues: { message: string }[] });
      }
    },
  };
}

/** Through the real IPC wrapper; what crosses it is copied as Electron copies it. */
export function ipc(host: Host): Transport {
  const handlers = new Map<string, (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown>();
  registerIpc({
    ipcMain: { handle: (channel, handler) => void handlers.set(channel, handler) },
    dispatch: host.dispatch,
    isTrusted: () => true,
    askShell: async () => null,
    saveDownload: () => Promise.resolve(false),
    openExternal: () => Promise.resolve(true),
    report: () => undefined,
    checkAnswers: true,
  });
  return {
    name: 'IPC',
    async call(name, input) {
      const answer = handlers.get(channels.call)?.({} as IpcMainInvokeEvent, name, structuredClone(input));
      const envelope = structuredClone(await answer) as Envelope<never>;
      if (!envelope.ok) throw refusalOf(fromWire(envelope.error));
      return envelope.value;
    },
  };
}

export function rpc(url: string, token: string): Transport {
  return {
    name: 'HTTP /rpc',
    async call(name, input) {
      const answer = await fetch(`${url}/api/rpc/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      const envelope = (await answer.json()) as Envelope<never>;
      if (!envelope.ok) throw refusalOf(fromWire(envelope.error));
      return envelope.value;
    },
  };
}

/** The REST routes, each request made from the operation's own binding. */
export function rest(url: string, token: string): Transport {
  return {
    name: 'REST',
    async call(name, input) {
      const binding = operationOf(name).rest;
      if (!binding) throw new Error(`${name} has no route`);
      const { ifMatch, ...values } = input as Record<string, unknown>;
      const inPath = pathParameters(binding);
      const path = binding.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(values[key])));
      const others = Object.entries(values).filter(([key, value]) => !inPath.includes(key) && value !== undefined);
      const hasBody = binding.method === 'POST' || binding.method === 'PUT';
      const query = hasBody ? '' : `?${others.flatMap(([key, value]) => queryPairs(key, value)).join('&')}`;
      const answer = await fetch(`${url}/api${path}${query}`, {
        method: binding.method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(hasBody ? { 'content-type': 'application/json' } : {}),
          ...(typeof ifMatch === 'string' ? { 'if-match': ifMatch } : {}),
        },
        ...(hasBody ? { body: JSON.stringify(Object.fromEntries(others)) } : {}),
      });
      const body: unknown = await answer.json();
      if (answer.status === binding.status) return body as never;
      const { statusCode, message } = body as ErrorBody;
      const kind = (Object.keys(errorKinds) as ErrorKind[]).find((key) => errorKinds[key].status === statusCode);
      throw { kind: kind ?? 'internal', messages: [message].flat() } satisfies Refusal;
    },
  };
}

/** `where[name]=x`, `relations[0]=tags`; `data` travels as JSON. */
function queryPairs(key: string, value: unknown): string[] {
  if (key === 'data') return [`data=${encodeURIComponent(JSON.stringify(value))}`];
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([inner, item]) => queryPairs(`${key}[${inner}]`, item));
  }
  return [`${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`];
}

function refusalOf(error: { kind: ErrorKind; message: string; issues: readonly { message: string }[] }): Refusal {
  return { kind: error.kind, messages: error.issues.length > 0 ? error.issues.map(({ message }) => message) : [error.message] };
}
