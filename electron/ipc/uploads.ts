import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { WebContents } from 'electron';
import { AppError } from '../../shared/errors.ts';
import type { OperationName } from '../../shared/operations/index.ts';

/** The page that sends a file, as far as its end matters here. */
export type UploadSender = Pick<WebContents, 'on'>;

/** Files that a window sends piece by piece; each piece is answered when there is room for the next. */
export interface Uploads {
  open(sender: UploadSender, name: OperationName, input: unknown): number;
  piece(sender: UploadSender, id: unknown, piece: unknown): Promise<void>;
  /** Ends the file and answers with the operation's result; `complete` is false when the window gave up. */
  end(sender: UploadSender, id: unknown, complete: boolean): Promise<unknown>;
}

interface Running {
  file: PassThrough;
  result: Promise<unknown>;
}

/** Each page has uploads of its own, which nobody else can add to, and which are given up when the page is gone. */
export function createUploads(
  run: (name: OperationName, input: unknown, file: AsyncIterable<Uint8Array>) => unknown,
): Uploads {
  const bySender = new WeakMap<UploadSender, Map<number, Running>>();
  let last = 0;

  function uploadsOf(sender: UploadSender): Map<number, Running> {
    const known = bySender.get(sender);
    if (known) return known;
    const uploads = new Map<number, Running>();
    bySender.set(sender, uploads);
    const giveUp = () => {
      for (const { file } of uploads.values()) file.destroy(new AppError('invalid', 'The window that sent the file is gone'));
      uploads.clear();
    };
    // A page that crashed or was loaded anew knows nothing of what the one before had begun.
    sender.on('destroyed', giveUp);
    sender.on('render-process-gone', giveUp);
    sender.on('did-navigate', giveUp);
    return uploads;
  }

  function find(sender: UploadSender, id: unknown): Running {
    const upload = bySender.get(sender)?.get(Number(id));
    if (!upload) throw new AppError('notFound', 'There is no such upload');
    return upload;
  }

  return {
    open(sender, name, input) {
      const file = new PassThrough();
      file.on('error', () => undefined); // an upload that was given up ends with an error, which `end` answers
      const result = (async () => run(name, input, file))();
      // Handled in `end`; until then a refusal must not count as unhandled.
      result.catch(() => file.resume());
      last += 1;
      uploadsOf(sender).set(last, { file, result });
      return last;
    },
    async piece(sender, id, piece) {
      const { file, result } = find(sender, id);
      if (!(piece instanceof Uint8Array)) throw new AppError('invalid', 'A piece of a file must be bytes');
      if (!file.write(piece)) await Promise.race([once(file, 'drain'), result]);
    },
    async end(sender, id, complete) {
      const { file, result } = find(sender, id);
      bySender.get(sender)?.delete(Number(id));
      if (complete) file.end();
      else file.destroy(new AppError('invalid', 'The upload was given up'));
      return result;
    },
  };
}
