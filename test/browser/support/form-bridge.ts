import type { Bridge, Envelope } from '../../../shared/bridge.ts';
import { AppError, toAppError, toWire } from '../../../shared/errors.ts';
import type { HostEvent } from '../../../shared/events.ts';
import { operationOf, type Input, type OperationName, type Output } from '../../../shared/operations/index.ts';

/** Answers of a host, by operation; an upload's answer also gets the bytes that came. */
export type Answers = {
  [N in OperationName]?: (input: Input<N>, file: Uint8Array[]) => Output<N> | Promise<Output<N>>;
};

export interface FakeBridge extends Bridge {
  /** What was asked for, in order. */
  calls: { name: OperationName; input: unknown }[];
  /** The inputs of one operation, in order. */
  inputs<N extends OperationName>(name: N): Input<N>[];
  announce(...events: HostEvent[]): void;
  opened: string[];
}

/**
 * A host made of a few answers. Inputs are checked by the operation table as the real host does, and copied as a
 * transport copies them; what is not among the answers fails as `internal`.
 */
export function formBridge(answers: Answers): FakeBridge {
  const listeners = new Set<(events: HostEvent[]) => void>();
  const calls: FakeBridge['calls'] = [];
  const opened: string[] = [];

  async function answer<T>(name: OperationName, input: unknown, file: Uint8Array[] = []): Promise<Envelope<T>> {
    calls.push({ name, input: structuredClone(input) });
    try {
      const parsed = operationOf(name).input.safeParse(input);
      if (!parsed.success) {
        const issues = parsed.error.issues.map((issue) => {
          const field = issue.path.join('.');
          return { field, message: `${field} ${issue.message}` };
        });
        throw new AppError('invalid', issues.map((issue) => issue.message).join('; '), issues);
      }
      const handler = answers[name] as ((input: unknown, file: Uint8Array[]) => T | Promise<T>) | undefined;
      if (!handler) throw new AppError('internal', `no answer to ${name}`);
      return { ok: true, value: structuredClone(await handler(structuredClone(input), file)) };
    } catch (thrown) {
      return { ok: false, error: toWire(toAppError(thrown)) };
    }
  }

  return {
    shell: 'desktop',
    calls,
    opened,
    inputs: (name) => calls.filter((call) => call.name === name).map((call) => call.input as Input<typeof name>),
    announce: (...events) => listeners.forEach((listener) => listener(events)),
    call: (name, input) => answer(name, input),
    async upload(name, input, source) {
      const pieces: Uint8Array[] = [];
      for (let piece = await source(); piece !== null; piece = await source()) pieces.push(piece);
      return answer(name, input, pieces);
    },
    async download(name, input) {
      const envelope = await answer(name, input);
      return envelope.ok ? { ok: true, value: envelope.value !== false } : envelope;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async openExternal(address) {
      opened.push(address);
      return { ok: true, value: true };
    },
  };
}
