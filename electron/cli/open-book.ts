import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Envelope } from '../../shared/bridge.ts';
import { fromWire, toAppError } from '../../shared/errors.ts';
import type { Download } from '../../shared/operation.ts';
import type { CallName, DownloadName, Input, Output, UploadName } from '../../shared/operations/index.ts';
import { readControl, type Control } from '../control-file.ts';
import { createHost, type Host } from '../host.ts';
import { DamagedBook, recoverHint } from '../recovery/damaged-book.ts';
import { version } from '../version.ts';
import { httpPost, textOf } from './http-post.ts';

/** The operations of a profile's book, for a command of the person it belongs to. */
export interface OpenBook {
  call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>;
  upload<N extends UploadName>(name: N, input: Input<N>, file: AsyncIterable<Uint8Array>): Promise<Output<N>>;
  download<N extends DownloadName>(name: N, input: Input<N>): Promise<Download['chunks']>;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');

/**
 * Opens the profile's book, or talks to the host that has it open. Throws when another process has the profile but
 * offers no way in.
 */
export async function openBook(dataDir: string): Promise<OpenBook> {
  try {
    return ownBook(
      await createHost({
        dataDir,
        migrationsDir: join(root, 'drizzle'),
        version,
        importWorker: new URL('../imports/import-worker.ts', import.meta.url),
        syncWorker: new URL('../sync/worker.ts', import.meta.url),
        api: false,
      }),
    );
  } catch (error) {
    if (error instanceof DamagedBook) throw new Error(`${error.message}\n${recoverHint(dataDir)}`, { cause: error });
    if (toAppError(error).kind !== 'conflict') throw error;
    const control = readControl(dataDir);
    if (!control) throw new Error(`The profile ${dataDir} is in use by another process`, { cause: error });
    if (control.url === null) {
      throw new Error(`Fieldbook is running (process ${control.pid}) with its API off: switch it on or quit Fieldbook`, {
        cause: error,
      });
    }
    return runningBook(control, control.url);
  }
}

function ownBook(host: Host): OpenBook {
  const caller = { kind: 'owner', actor: 'ui' } as const;
  return {
    call: async (name, input) => (await host.dispatch(name, input, caller)) as never,
    upload: async (name, input, file) => (await host.dispatch(name, input, caller, file)) as never,
    download: async (name, input) => ((await host.dispatch(name, input, caller)) as Download).chunks,
    close: () => host.close(),
  };
}

function runningBook(control: Control, url: string): OpenBook {
  const send = (path: string, headers: Record<string, string>, body?: string | AsyncIterable<Uint8Array>) =>
    httpPost(`${url}/api/rpc/${path}`, { ...headers, authorization: `Bearer ${control.token}` }, body);
  const inputHeader = (input: unknown) => ({ 'x-input': Buffer.from(JSON.stringify(input)).toString('base64url') });

  return {
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
