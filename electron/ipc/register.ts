import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { Envelope } from '../../shared/bridge.ts';
import { AppError, toAppError, toWire } from '../../shared/errors.ts';
import type { Download } from '../../shared/operation.ts';
import { isOperationName, operationOf, type OperationName } from '../../shared/operations/index.ts';
import type { Caller } from '../../shared/permissions.ts';
import type { Dispatch } from '../dispatch.ts';
import { checkArguments } from './arguments.ts';
import { channels } from './channels.ts';
import { createUploads } from './uploads.ts';

export interface IpcDeps {
  ipcMain: Pick<IpcMain, 'handle'>;
  dispatch: Dispatch;
  /** Whether a call comes from the top frame of one of our own windows, showing our own page. */
  isTrusted: (event: IpcMainInvokeEvent) => boolean;
  /** Asks where to save a file and writes it there; false when the person thought better of it. */
  saveDownload: (event: IpcMainInvokeEvent, download: Download) => Promise<boolean>;
  /** Opens an address outside the program, if it may be; false when the person says no. */
  openExternal: (address: unknown) => Promise<boolean>;
  /** Answers what a page asks of the desktop around it (shared/shell.ts), after checking it. */
  askShell: (event: IpcMainInvokeEvent, request: unknown) => Promise<unknown>;
  /** Hears of faults that are answered without their detail. */
  report: (error: unknown) => void;
  /** Whether answers are held against the operation table, as in development and in tests. */
  checkAnswers: boolean;
}

const windowCaller: Caller = { kind: 'owner', actor: 'ui' };

/**
 * The one place where IPC becomes operations: sender and arguments checked, name looked up, input validated by
 * `dispatch`, errors sent back as data. A channel that is not here has no handler, and calling it throws.
 */
export function registerIpc(deps: IpcDeps): void {
  const { ipcMain, dispatch, isTrusted, saveDownload, openExternal, askShell, report } = deps;
  const uploads = createUploads((name, input, file) => dispatch(name, input, windowCaller, file));

  function handle(channel: string, answer: (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown): void {
    ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<Envelope<unknown>> => {
      try {
        if (!isTrusted(event)) throw new AppError('forbidden', 'This frame may not call Fieldbook');
        checkArguments(args, roomFor(args[0]));
        return { ok: true, value: await answer(event, ...args) };
      } catch (error) {
        const refusal = toAppError(error);
        if (refusal.kind === 'internal') report(error);
        return { ok: false, error: toWire(refusal) };
      }
    });
  }

  handle(channels.call, async (_event, name, input) => {
    const operation = named(name, undefined);
    const value = await dispatch(operation, input, windowCaller);
    if (deps.checkAnswers) assertAnswer(operation, value);
    return value;
  });
  handle(channels.download, async (event, name, input) =>
    saveDownload(event, (await dispatch(named(name, 'down'), input, windowCaller)) as Download),
  );
  handle(channels.uploadOpen, ({ sender }, name, input) => uploads.open(sender, named(name, 'up'), input));
  handle(channels.uploadPiece, ({ sender }, id, piece) => uploads.piece(sender, id, piece));
  handle(channels.uploadEnd, ({ sender }, id, complete) => uploads.end(sender, id, complete === true));
  handle(channels.openExternal, (_event, address) => openExternal(address));
  handle(channels.shell, (event, request) => askShell(event, request));
}

function named(name: unknown, stream: 'up' | 'down' | undefined): OperationName {
  if (typeof name !== 'string' || !isOperationName(name) || operationOf(name).stream !== stream) {
    throw new AppError('notFound', 'There is no such operation');
  }
  return name;
}

/** What the arguments of a call may weigh: more where the operation it names says so. */
function roomFor(name: unknown): number | undefined {
  return typeof name === 'string' && isOperationName(name) ? operationOf(name).inputRoom : undefined;
}

/** Throws when an answer is not what the operation table promises; names the places, never the values. */
function assertAnswer(name: OperationName, value: unknown): void {
  const { error } = operationOf(name).output.safeParse(value);
  if (error) {
    const places = error.issues.map(({ path, code }) => `${path.join('.')} (${code})`).join(', ');
    throw new Error(`${name} answered otherwise than the operation table says: ${places}`);
  }
}
