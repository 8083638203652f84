import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tokens } from './ports.ts';

/** Where the tokens of the linked account are kept. Passwords never are. */
export interface Secrets {
  load(): Promise<Tokens | null>;
  /** On disk when it answers. */
  save(tokens: Tokens): Promise<void>;
  clear(): Promise<void>;
  /** In words, for the settings page and the log: who else could read them. */
  describe(): string;
}

const fileName = 'sync-tokens.json';

/** A file in the profile that its owner alone may read: what a host without a keychain can do. */
export function fileSecrets(dataDir: string): Secrets {
  const file = join(dataDir, fileName);
  return {
    load() {
      try {
        return Promise.resolve(JSON.parse(readFileSync(file, 'utf8')) as Tokens);
      } catch {
        return Promise.resolve(null);
      }
    },
    save(tokens) {
      const draft = `${file}.${process.pid}`;
      writeFileSync(draft, JSON.stringify(tokens), { mode: 0o600, flush: true });
      renameSync(draft, file);
      return Promise.resolve();
    },
    clear() {
      rmSync(file, { force: true });
      return Promise.resolve();
    },
    describe: () => `The sign-in to the server is kept in ${fileName} of the profile, readable by you alone; this host has no keychain.`,
  };
}
