import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** More sites than a person remembers agreeing to; the oldest are asked about again. */
const maxHosts = 500;

export interface KnownHosts {
  has(host: string): boolean;
  add(host: string): void;
}

/** The web sites a person has agreed to open, kept in a file. One that cannot be read or written only means asking again. */
export function openKnownHosts(file: string): KnownHosts {
  let hosts = new Set(readHosts(file));
  return {
    has: (host) => hosts.has(host),
    add(host) {
      hosts = new Set([...hosts, host].slice(-maxHosts));
      try {
        writeFileSync(`${file}.part`, JSON.stringify([...hosts]), { mode: 0o600 });
        renameSync(`${file}.part`, file);
      } catch {
        // A full disk or a read-only folder: agreed to until the end of this run.
      }
    },
  };
}

function readHosts(file: string): string[] {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(value) ? value.filter((host) => typeof host === 'string') : [];
  } catch {
    return [];
  }
}
