import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError, toAppError } from '../../shared/errors.ts';
import type { Restored } from '../../shared/operations/backups.ts';
import { listBackups, stampOf, sweepUnfinished } from '../backups/files.ts';
import { withReceivedFile } from '../backups/received-file.ts';
import { finishReplacement, queueReplacement } from '../backups/replace.ts';
import { createRunTask, sourceWorker } from '../backups/run-task.ts';
import { prepareFolder } from '../store/folder.ts';
import { lockProfile, type ProfileLock } from '../store/lock.ts';
import type { OpenBook } from './open-book.ts';
import { findRunningHost } from './running-host.ts';
import { withBook } from './with-book.ts';

const migrationsDir = join(import.meta.dirname, '..', '..', 'drizzle');
const reopenWithinMs = 60_000;
const pollMs = 100;

/** Puts a backup in the place of the book: that of the running host, or, with the book never opened, that of the folder. */
export function restoreBackup(dataDir: string, id: string): Promise<Restored> {
  return withProfile(
    dataDir,
    (book) => book.call('backup.restore', { id }),
    () => {
      const backup = listBackups(dataDir).find((other) => other.id === id);
      if (!backup) throw new AppError('notFound', `There is no backup ${id}: npm run backup -- list shows those there are`);
      return replaceBy(dataDir, backup.file);
    },
  );
}

/** The same with the file of a whole profile. */
export function restoreFile(dataDir: string, file: AsyncIterable<Uint8Array>): Promise<Restored> {
  return withProfile(
    dataDir,
    (book) => book.upload('profile.restore', {}, file),
    () => withReceivedFile(dataDir, file, (received) => replaceBy(dataDir, received)),
  );
}

async function withProfile(
  dataDir: string,
  inHost: (book: OpenBook) => Promise<Restored>,
  alone: () => Promise<Restored>,
): Promise<Restored> {
  const throughHost = async (book: OpenBook): Promise<Restored> => {
    const restored = await inHost(book);
    await reopened(book);
    return restored;
  };
  const running = await findRunningHost(dataDir);
  if (running) return throughHost(running);
  prepareFolder(dataDir);
  const lock = lockUnlessTaken(dataDir);
  if (!lock) return withBook(dataDir, throughHost);
  try {
    sweepUnfinished(dataDir);
    finishReplacement(dataDir, new Date());
    return await alone();
  } finally {
    lock.release();
  }
}

function lockUnlessTaken(dataDir: string): ProfileLock | null {
  try {
    return lockProfile(dataDir);
  } catch (error) {
    if (toAppError(error).kind === 'conflict') return null;
    throw error;
  }
}

async function replaceBy(dataDir: string, source: string): Promise<Restored> {
  const target = join(dataDir, 'restored.part');
  const restored = await createRunTask(sourceWorker)('stage', { source, target, migrationsDir });
  queueReplacement(dataDir, target, 'restored', stampOf(new Date()));
  finishReplacement(dataDir, new Date());
  return restored;
}

/** Waits until the running host answers with the other book. */
async function reopened(book: OpenBook): Promise<void> {
  const deadline = performance.now() + reopenWithinMs;
  for (;;) {
    await wait(pollMs);
    try {
      await book.call('host.info', {});
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
