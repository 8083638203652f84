import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupKind } from '../../shared/operations/backups.ts';

/** A backup as its name tells it; nothing is opened for it. */
export interface BackupFile {
  /** Its name in the folder of backups. */
  id: string;
  file: string;
  /** Counts up with every backup of a profile: the order in which they were made, whatever the clock said. */
  number: number;
  madeAt: string;
  kind: BackupKind;
  bytes: number;
}

const pattern = /^(\d{6,})\.(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\dZ)\.(daily|manual|update|replaced|salvaged)\.db$/;

export function backupsDir(dataDir: string): string {
  return join(dataDir, 'backups');
}

/** The backups of a profile, newest first. Whatever else lies in their folder is not looked at. */
export function listBackups(dataDir: string): BackupFile[] {
  const dir = backupsDir(dataDir);
  if (!existsSync(dir)) return [];
  const found = readdirSync(dir).flatMap((id): BackupFile[] => {
    const [, number, hour, minute, second, kind] = pattern.exec(id) ?? [];
    if (number === undefined) return [];
    const file = join(dir, id);
    const { size: bytes } = statSync(file);
    return [{ id, file, number: Number(number), madeAt: `${hour}:${minute}:${second}`, kind: kind as BackupKind, bytes }];
  });
  return found.sort((a, b) => b.number - a.number);
}

/** Where the next backup of a profile belongs. Its folder is there afterwards. */
export function nextBackup(dataDir: string, kind: BackupKind, now: Date): string {
  const dir = backupsDir(dataDir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const number = String((listBackups(dataDir)[0]?.number ?? 0) + 1).padStart(6, '0');
  return join(dir, `${number}.${stampOf(now)}.${kind}.db`);
}

/** A time as it can stand in a file's name on every system: `2026-11-23T14-05-09Z`. */
export function stampOf(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
}

/** Brings a file to the disk, also through a power cut. */
export function flushFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Brings the names in a folder to the disk. Windows does so by itself, and does not let a folder be opened. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The files that together are one SQLite database: without its log, the last commits would be missing. */
export const companions = ['', '-wal', '-shm'] as const;

/** Moves a database with its log. What is not there is left out, so that a move which was cut off can be done again. */
export function moveDatabase(from: string, to: string): void {
  for (const ending of companions) {
    if (existsSync(from + ending)) renameSync(from + ending, to + ending);
  }
}

export function removeDatabase(file: string): void {
  for (const ending of [...companions, '-journal']) rmSync(file + ending, { force: true });
}

/** Removes copies that a crash left unfinished. Only for who has the profile. */
export function sweepUnfinished(dataDir: string): void {
  for (const folder of [dataDir, backupsDir(dataDir)]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      if (/\.part(-wal|-shm|-journal)?$/.test(name)) rmSync(join(folder, name), { force: true });
    }
  }
}
