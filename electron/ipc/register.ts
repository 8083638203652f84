import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { Envelope } from '../../shared/bridge.ts';
import { AppError, toAppError, toWire } from '../../shared/errors.ts';
import type { Download } from '../../shared/operation.ts';
import { isOperationName, operationOf, type OperationName } from '../../shared/operations/index.ts';
import type { Caller } from '../../shared/permissions.ts';
import type { Dispatch } from '../dispatch.ts';
import { channels } from './channels.ts';
import { createUploads } from './uploads.ts';

export interface IpcDeps {
  ipcMain: Pick<IpcMain, 'handle'>;
  dispatch: Dispatch;
  /** Whether a call comes from the top frame of one of our own windows, showing our own page. */
  isTrusted: (event: IpcMainInvokeEvent) => boolean;
  /** Asks where to save a file and writes it there; false when the person thought better of it. */
  saveDownload: (event: IpcMainInvokeEvent, download: Download) => Promise<boolean>;
  openExternal: (address: string) => Promise<void>;
  /** Hears of faults that are answered without their detail. */
  report: (error: unknown) => void;
}

const windowCaller: Caller = { kind: 'owner', actor: 'ui' };

/** The one place where IPC becomes operations: sender checked, name looked up, errors sent back as data. */
export function registerIpc(deps: IpcDeps): void {
  const { ipcMain, dispatch, isTrusted, saveDownload, openExternal, report } = deps;
  const uploads = createUploads((name, input, file) => dispatch(name, input, windowCaller, file));

  function handle(channel: string, answer: (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown): void {
    ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<Envelope<unknown>> => {
      try {
        if (!isTrusted(event)) throw new AppError('forbidden', 'This frame may not call Fieldbook');
        return { ok: true, value: await answer(event, ...args) };
      } catch (error) {
        const refusal = toAppError(error);
        if (refusal.kind === 'internal') report(error);
        return { ok: false, error: toWire(refusal) };
      }
    });
  }

  handle(channels.call, (_event, name, input) => dispatch(named(name, undefined), input, windowCaller));
  handle(channels.download, async (event, name, input) =>
    saveDownload(event, (await dispatch(named(name, 'down'), input, windowCaller)) as Download),
  );
  handle(channels.uploadOpen, (_event, name, input) => uploads.open(named(name, 'up'), input));
  handle(channels.uploadPiece, (_event, id, piece) => uploads.piece(id, piece));
  handle(channels.uploadEnd, (_event, id, complete) => uploads.end(id, complete === true));
  handle(channels.openExternal, (_event, address) => openExternal(String(address)));
}

function named(name: unknown, stream: 'up' | 'down' | undefined): OperationName {
  if (typeof name !== 'string' || !isOperationName(name) || operationOf(name).stream !== stream) {
    throw new AppError('notFound', 'There is no such operation');
  }
  return name;
}
