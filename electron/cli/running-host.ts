import type { IncomingMessage } from 'node:http';
import type { Envelope } from '../../shared/bridge.ts';
import { fromWire } from '../../shared/errors.ts';
import { readControl, type Control } from '../control-file.ts';
import { httpPost, textOf } from './http-post.ts';
import type { OpenBook } from './open-book.ts';

/** However busy the computer is: after that long it is another program that listens there. */
const answersWithinMs = 10_000;

/** The book of a host that runs, and which process that is. */
export interface RunningHost extends OpenBook {
  pid: number;
}

/**
 * The host that has a profile open, if it says in `host.json` how to reach it and answers there; null otherwise. Nothing is
 * opened or written for this, so it also works on a full disk and in a folder that can only be read.
 */
export async function findRunningHost(dataDir: string): Promise<RunningHost | null> {
  const control = readControl(dataDir);
  if (!control || control.url === null || !isAlive(control.pid)) return null;
  const headers = { authorization: `Bearer ${control.token}` };
  try {
    const answer = await httpPost(`${control.url}/api/rpc/host.info`, headers, '', AbortSignal.timeout(answersWithinMs));
    answer.resume();
    return answer.statusCode === 200 ? runningHost(control, control.url) : null;
  } catch {
    // What a crashed host left behind, or another program where it was: then the profile's lock says who has it.
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The host that `host.json` tells of. */
export function runningHost({ pid, token }: Control, url: string): RunningHost {
  const send = async (path: string, headers: Record<string, string>, body?: string | AsyncIterable<Uint8Array>): Promise<IncomingMessage> => {
    try {
      return await httpPost(`${url}/api/rpc/${path}`, { ...headers, authorization: `Bearer ${token}` }, body);
    } catch (error) {
      if (!/^(ECONN|EPIPE)/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
      throw new Error(`The running Fieldbook (process ${pid}) does not answer`, { cause: error });
    }
  };
  const inputHeader = (input: unknown) => ({ 'x-input': Buffer.from(JSON.stringify(input)).toString('base64url') });

  return {
    pid,
    call: async (name, input) => open(await send(name, { 'content-type': 'application/json' }, JSON.stringify(input))),
    upload: async (name, input, file) =>
      open(await send(`${name}/upload`, { ...inputHeader(input), 'content-type': 'application/octet-stream' }, file)),
    async download(name, input) {
      const answer = await send(`${name}/download`, inputHeader(input));
      // A refusal comes as an envelope, a file with a name.
      if (answer.headers['content-disposition'] === undefined) await open(answer);
      return answer as AsyncIterable<Uint8Array>;
    },
    close: () => Promise.resolve(),
  };
}

/** The value in an envelope, or the error it carries, thrown. */
async function open<T>(answer: IncomingMessage): Promise<T> {
  const text = await textOf(answer);
  if (answer.statusCode !== 200) throw new Error(`The running Fieldbook answered ${answer.statusCode}: ${text}`);
  const envelope = JSON.parse(text) as Envelope<T>;
  if (!envelope.ok) throw fromWire(envelope.error);
  return envelope.value;
}
