import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a second instance tells the first. */
export interface SecondInstance {
  argv: string[];
  workingDirectory: string;
  additionalData: unknown;
}

/**
 * The lock that lets one instance run for a folder of user data. Returns its release; or undefined if another living
 * process holds it, which is then told of `self` and calls its `onSecondInstance`.
 */
export function takeSingleInstanceLock(
  userData: string,
  self: SecondInstance,
  onSecondInstance: (second: SecondInstance) => void,
): (() => void) | undefined {
  const folder = join(userData, 'SingleInstance');
  const lock = join(folder, 'lock');
  mkdirSync(folder, { recursive: true });

  if (!writeLock(lock)) {
    if (isAlive(Number(readFileSync(lock, 'utf8')))) {
      const unfinished = join(folder, `${process.pid}.part`);
      writeFileSync(unfinished, JSON.stringify(self));
      renameSync(unfinished, join(folder, `${process.pid}.json`));
      return undefined;
    }
    // Left by a process that was killed.
    rmSync(lock, { force: true });
    if (!writeLock(lock)) return undefined;
  }

  const readAll = (): void => {
    for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.json'))) {
      const file = join(folder, name);
      const second = JSON.parse(readFileSync(file, 'utf8')) as SecondInstance;
      rmSync(file);
      onSecondInstance(second);
    }
  };
  const watcher = watch(folder, { persistent: false }, readAll);
  return () => {
    watcher.close();
    rmSync(lock, { force: true });
  };
}

function writeLock(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
