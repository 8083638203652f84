import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Tokens } from './ports.ts';

/** The tokens of the linked account, with the one origin that they may be sent to. */
export interface KeptTokens extends Tokens {
  origin: string;
}

/** Where the tokens of the linked account are kept. Passwords never are. */
export interface Secrets {
  /** Null when there are none, or none that can be read any more. Throws `unavailable` when they cannot be had just now. */
  load(): Promise<KeptTokens | null>;
  /** On disk when it answers. */
  save(tokens: KeptTokens): Promise<void>;
  clear(): Promise<void>;
  /** In words, for the settings page and for commands: where they are, and who else could read them. */
  describe(): string;
}

/** Makes a text unreadable for others, with a key that the system keeps. */
export interface Keychain {
  /** Null where this computer has no keychain. Throws `unavailable` when it does not answer just now. */
  seal(text: string): Promise<string | null>;
  /** Null when the key is gone for good. Throws `unavailable` when the keychain does not answer just now. */
  open(sealed: string): Promise<{ text: string; sealAgain: boolean } | null>;
  /** In words, as far as it is known by now; null where there is none. */
  describe(): string | null;
}

export const secretsFile = 'sync-tokens.json';

/** The file's content: the tokens themselves, or what a keychain made of them. */
type Content = KeptTokens | { sealed: string };

/**
 * A file in the profile that its owner alone may read, sealed by the keychain where there is one. A host without a
 * keychain does not take a sealed file for being signed out: it says where the sign-in is.
 */
export function createSecrets(dataDir: string, keychain?: Keychain): Secrets {
  const file = join(dataDir, secretsFile);

  async function save(tokens: KeptTokens): Promise<void> {
    const sealed = (await keychain?.seal(JSON.stringify(tokens))) ?? null;
    write(dataDir, file, sealed === null ? tokens : { sealed });
  }

  /** Tokens that could be kept better by now. That it fails is no reason not to use them. */
  async function keepBetter(tokens: KeptTokens): Promise<KeptTokens> {
    await save(tokens).catch(() => undefined);
    return tokens;
  }

  return {
    async load() {
      const content = read(file);
      if (content === null) return null;
      if (!('sealed' in content)) return keychain ? keepBetter(content) : content;
      if (!keychain) {
        throw new AppError('unavailable', 'The sign-in is kept by the Fieldbook window of this computer: sync there, or connect here again.');
      }
      const opened = await keychain.open(content.sealed);
      const tokens = opened && (parse(opened.text) as KeptTokens | null);
      return opened?.sealAgain && tokens ? keepBetter(tokens) : tokens;
    },
    save,
    clear() {
      rmSync(file, { force: true });
      return Promise.resolve();
    },
    describe: () => keychain?.describe() ?? `In ${secretsFile} of the profile, a file that only you can read; there is no keychain here.`,
  };
}

function read(file: string): Content | null {
  try {
    return parse(readFileSync(file, 'utf8')) as Content | null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('unavailable', `The sign-in to the server cannot be read from ${file}.`);
  }
}

/** What is damaged is as good as gone: one signs in again. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** The former content stays until the new one is on disk, with its name. */
function write(dataDir: string, file: string, content: Content): void {
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  try {
    writeFileSync(draft, JSON.stringify(content), { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  // Windows brings names to the disk by itself, and does not let a folder be opened.
  if (process.platform === 'win32') return;
  const folder = openSync(dataDir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
