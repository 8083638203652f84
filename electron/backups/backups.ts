import { randomUUID } from 'node:crypto';
import { createReadStream, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { Download } from '../../shared/operation.ts';
import type { Backup, BackupKind, Restored } from '../../shared/operations/backups.ts';
import type { Store } from '../store/open.ts';
import { copyBook, type CopyBook } from './copy-book.ts';
import { flushFolder, listBackups, nextBackup, removeDatabase, stampOf, type BackupFile } from './files.ts';
import { withReceivedFile } from './received-file.ts';
import { queueReplacement } from './replace.ts';
import { isDailyDue, superfluous } from './rotation.ts';
import type { RunTask } from './run-task.ts';
import { describe } from './describe.ts';

export interface BackupDeps {
  store: Store;
  dataDir: string;
  migrationsDir: string;
  clock: () => Date;
  run: RunTask;
  /** Opens the host anew; a book that waits takes its place then. */
  reopen: ((how: object) => void) | undefined;
  /** A copy that was just made shows that the book is damaged. */
  onDamage: (messages: readonly string[]) => void;
  announce: () => void;
  /** Tests pass one that fails. */
  copy?: CopyBook;
}

export interface Backups {
  list(): Promise<Backup[]>;
  make(kind: BackupKind): Promise<Backup>;
  /** Makes the backup of the day if there is none yet; answers whether it did. */
  makeDaily(): Promise<boolean>;
  restore(id: string): Promise<Restored>;
  exportProfile(): Promise<Download>;
  restoreProfile(file: AsyncIterable<Uint8Array>): Promise<Restored>;
  /** Ends a copy that is being made; it is made at another time. */
  close(): Promise<void>;
}

/** Backups of an open book. One copy is made at a time; the others wait for their turn. */
export function createBackups(deps: BackupDeps): Backups {
  const { store, dataDir, migrationsDir, clock, run, announce, copy = copyBook } = deps;
  const closing = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(() => {
      if (closing.signal.aborted) throw new AppError('unavailable', 'Fieldbook is being closed.');
      return work();
    });
    turn = result.catch(() => undefined);
    return result;
  }

  /** A checked copy of the book under a name that says it is unfinished. */
  async function checkedCopy(file: string): Promise<string> {
    const part = `${file}.part`;
    removeDatabase(part);
    try {
      const { soundness, messages } = await copy(store, part, run, closing.signal);
      if (soundness === 'sound') return part;
      deps.onDamage(messages);
      throw new AppError('unavailable', 'The copy shows that the book is damaged. It was not kept as a backup.');
    } catch (error) {
      removeDatabase(part);
      throw error;
    }
  }

  async function make(kind: BackupKind): Promise<Backup> {
    const file = nextBackup(dataDir, kind, clock());
    renameSync(await checkedCopy(file), file);
    flushFolder(dirname(file));
    for (const old of superfluous(listBackups(dataDir))) removeDatabase(old.file);
    announce();
    return describe(listBackups(dataDir).find((made) => made.file === file) as BackupFile);
  }

  async function replaceBy(source: string): Promise<Restored> {
    const { reopen } = deps;
    if (!reopen) throw new AppError('unavailable', 'This Fieldbook cannot open another book.');
    const target = join(dataDir, 'restored.part');
    removeDatabase(target);
    try {
      const contents = await run('stage', { source, target, migrationsDir });
      queueReplacement(dataDir, target, 'restored', stampOf(clock()));
      reopen({});
      return contents;
    } catch (error) {
      removeDatabase(target);
      throw error;
    }
  }

  return {
    async list() {
      const backups: Backup[] = [];
      for (const file of listBackups(dataDir)) {
        backups.push(describe(file));
        await nextTurn();
      }
      return backups;
    },

    make: (kind) => inTurn(() => make(kind)),

    makeDaily: () =>
      inTurn(async () => {
        if (!isDailyDue(listBackups(dataDir), clock())) return false;
        await make('daily');
        return true;
      }),

    restore: (id) =>
      inTurn(() => {
        const backup = listBackups(dataDir).find((other) => other.id === id);
        if (!backup) throw new AppError('notFound', 'There is no such backup.');
        return replaceBy(backup.file);
      }),

    exportProfile: () =>
      inTurn(async () => {
        // A name of its own: a copy that is still being read stays as it is.
        const part = await checkedCopy(join(dataDir, `export-${randomUUID()}`));
        try {
          await run('strip', { file: part }, closing.signal);
        } catch (error) {
          removeDatabase(part);
          throw error;
        }
        const fileName = `Fieldbook ${clock().toISOString().slice(0, 10)}.fieldbook`;
        return { mediaType: 'application/x-fieldbook', fileName, chunks: readAndRemove(part) };
      }),

    restoreProfile: (file) => withReceivedFile(dataDir, file, (received) => inTurn(() => replaceBy(received))),

    async close() {
      closing.abort();
      await turn;
    },
  };
}

async function* readAndRemove(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file) as AsyncIterable<Uint8Array>;
  } finally {
    removeDatabase(file);
  }
}
