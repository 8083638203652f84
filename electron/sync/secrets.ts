import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';

const keptTokens = z.object({ access: z.string(), refresh: z.string().nullable(), origin: z.string() });
/** The tokens of the linked account, with the one origin that they may be sent to. */
export type KeptTokens = z.output<typeof keptTokens>;

/** The file's content: what a keychain made of the tokens, or the tokens themselves. */
const content = z.union([z.object({ sealed: z.string() }), keptTokens]);
type Content = z.output<typeof content>;

/** Where the tokens of the linked account are kept. Passwords never are. */
export interface Secrets {
  /** Null when there are none, or none that can be read any more. Throws `unavailable` when they cannot be had just now. */
  load(): Promise<KeptTokens | null>;
  /** On disk when it answers. Throws `unavailable` or `diskFull` when they cannot be kept, and then nothing has changed. */
  save(tokens: KeptTokens): Promise<void>;
  /** Like `save`, of a pair that has replaced the former one already: if it cannot be kept, it is known until the program ends. */
  renew(tokens: KeptTokens): Promise<void>;
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
  /** In words, where a text is kept that was sealed, or that there is no keychain to seal it. */
  describe(isSealed: boolean): string;
}

export const secretsFile = 'sync-tokens.json';

const noKeychain: Pick<Keychain, 'describe'> = {
  describe: (isSealed) =>
    isSealed
      ? `In ${secretsFile} of the profile, sealed by the Fieldbook window of this computer.`
      : `In ${secretsFile} of the profile, a file that only you can read; there is no keychain here.`,
};

/**
 * A file in the profile that its owner alone may read, sealed by the keychain where there is one. A host without a
 * keychain does not take a sealed file for being signed out: it says where the sign-in is.
 */
export function createSecrets(dataDir: string, keychain?: Keychain): Secrets {
  const file = join(dataDir, secretsFile);
  /** The pair that is in force while the disk or the keychain does not take it. */
  let unsaved: KeptTokens | null = null;
  let isSealed: boolean | undefined;

  async function save(tokens: KeptTokens): Promise<void> {
    const sealed = (await keychain?.seal(JSON.stringify(tokens))) ?? null;
    write(dataDir, file, sealed === null ? tokens : { sealed });
    isSealed = sealed !== null;
    unsaved = null;
  }

  /** Tokens that could be kept better by now. That it fails is no reason not to use them. */
  async function keepBetter(tokens: KeptTokens): Promise<KeptTokens> {
    await save(tokens).catch(() => undefined);
    return tokens;
  }

  return {
    async load() {
      if (unsaved) return keepBetter(unsaved);
      const kept = read(file);
      if (kept === null) return null;
      isSealed = 'sealed' in kept;
      if (!('sealed' in kept)) return keychain ? keepBetter(kept) : kept;
      if (!keychain) {
        throw new AppError('unavailable', 'The sign-in is kept by the Fieldbook window of this computer: sync there, or connect here again.');
      }
      const opened = await keychain.open(kept.sealed);
      const tokens = opened && parse(keptTokens, opened.text);
      return opened?.sealAgain && tokens ? keepBetter(tokens) : tokens;
    },
    save,
    async renew(tokens) {
      unsaved = tokens;
      await save(tokens);
    },
    clear() {
      unsaved = null;
      rmSync(file, { force: true });
      rmSync(draftOf(file), { force: true });
      return Promise.resolve();
    },
    describe() {
      isSealed ??= isSealedNow(file);
      return (keychain ?? noKeychain).describe(isSealed);
    },
  };
}

function isSealedNow(file: string): boolean {
  try {
    return 'sealed' in (read(file) ?? {});
  } catch {
    return false;
  }
}

function read(file: string): Content | null {
  try {
    return parse(content, readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('unavailable', `The sign-in to the server cannot be read from ${file}.`);
  }
}

/** What is damaged is as good as gone: one signs in again. */
function parse<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Only who holds the profile writes, so one name is enough, and nothing stays behind under others. */
const draftOf = (file: string) => `${file}.part`;

/** The former content stays until the new one is on disk, with its name. */
function write(dataDir: string, file: string, tokens: Content): void {
  const draft = draftOf(file);
  try {
    rmSync(draft, { force: true });
    writeFileSync(draft, JSON.stringify(tokens), { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, file);
    flushFolder(dataDir);
  } catch (error) {
    rmSync(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new AppError('diskFull', 'The sign-in to the server cannot be kept: the disk is full.');
    throw new AppError('unavailable', `The sign-in to the server cannot be kept in ${file} (${code}).`);
  }
}

function flushFolder(dataDir: string): void {
  // Windows brings names to the disk by itself, and does not let a folder be opened.
  if (process.platform === 'win32') return;
  const folder = openSync(dataDir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
