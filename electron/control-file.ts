import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Who has a profile, and how this person's commands reach it: `host.json` in the profile, readable by its owner
 * only, like the database beside it. The token in it lives in the host's memory and ends with the host.
 */
export interface Control {
  pid: number;
  /** Null while the API is off. */
  url: string | null;
  token: string;
}

const fileName = 'host.json';

export function writeControl(dataDir: string, control: Control): void {
  const file = join(dataDir, fileName);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(control), { mode: 0o600 });
  renameSync(draft, file);
}

/** What the file says, or null. After a crash it may be stale: only a held profile makes it mean something. */
export function readControl(dataDir: string): Control | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, fileName), 'utf8')) as Control;
  } catch {
    return null;
  }
}

/** Takes back what this process has written; what another one wrote, into a folder of the same name, stays. */
export function removeControl(dataDir: string): void {
  if (readControl(dataDir)?.pid !== process.pid) return;
  rmSync(join(dataDir, fileName), { force: true });
}
