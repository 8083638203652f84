import { AppError, fromWire, toAppError, toWire, type WireError } from '../../shared/errors.ts';

/** What both `parentPort` and a `Worker` are. */
export interface Port {
  postMessage(value: unknown): void;
  on(event: 'message', listener: (value: Message) => void): unknown;
}

type Message =
  | { kind: 'call'; id: number; method: string; args: unknown[] }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'refusal'; id: number; error: WireError };

/** Functions that another thread may call: each answers with a promise or a value. */
export type Methods = Record<string, (...args: never[]) => unknown>;

/** The functions of the other thread, as seen from here. */
export type Remote<M> = {
  [K in keyof M]: M[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

export interface Link<M> {
  remote: Remote<M>;
  /** Everything that waits for an answer gets this error instead. */
  fail(error: Error): void;
}

/** What a person is told of an error. What nobody foresaw is our own fault: its details are reported, not shown. */
export function toldOf(error: unknown, report: (error: unknown) => void): AppError {
  const known = toAppError(error);
  if (known.kind !== 'internal') return known;
  if (known !== error) report(error);
  return new AppError('internal', 'Sync ran into an unexpected problem; the log has the details.');
}

/**
 * Connects two threads over a port: `own` functions can be called from there, and `remote` call the functions given there.
 * Errors arrive as the AppErrors they were. An error that is none is reported here, and there the caller is told so.
 */
export function connectThreads<M>(port: Port, own: object, report: (error: unknown) => void): Link<M> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  const methods = own as Methods;
  let nextId = 1;

  async function serve({ id, method, args }: Extract<Message, { kind: 'call' }>): Promise<void> {
    try {
      const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (!run) throw new Error(`There is no ${method} here`);
      const value: unknown = await run(...(args as never[]));
      port.postMessage({ kind: 'answer', id, value } satisfies Message);
    } catch (error) {
      port.postMessage({ kind: 'refusal', id, error: toWire(toldOf(error, report)) } satisfies Message);
    }
  }

  port.on('message', (message: Message) => {
    if (message.kind === 'call') {
      void serve(message);
      return;
    }
    const caller = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') caller?.resolve(message.value);
    else caller?.reject(fromWire(message.error));
  });

  const call = (method: string, args: unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      try {
        port.postMessage({ kind: 'call', id, method, args } satisfies Message);
      } catch (error) {
        waiting.delete(id);
        reject(error as Error);
      }
    });

  return {
    remote: new Proxy(Object.create(null) as Remote<M>, {
      get: (_target, method: string) => (method === 'then' ? undefined : (...args: unknown[]) => call(method, args)),
    }),
    fail(error) {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}
