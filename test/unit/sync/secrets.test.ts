import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKeychain } from '../../../electron/desktop/secrets.ts';
import { createSecrets, secretsFile, type KeptTokens } from '../../../electron/sync/secrets.ts';
import { temporaryFolder } from '../support/book.ts';
import { createStorage, type FakeStorage } from './fake-safe-storage.ts';

const tokens: KeptTokens = { access: 'the-access-token', refresh: 'the-refresh-token', origin: 'https://office.example' };
const newer: KeptTokens = { ...tokens, access: 'a-newer-access-token' };
const locked = { kind: 'unavailable', message: 'The keychain of this computer is not answering. Unlock it and try again.' };

let folder: ReturnType<typeof temporaryFolder>;
let storage: FakeStorage;

beforeEach(() => {
  folder = temporaryFolder();
  storage = createStorage();
});

afterEach(() => folder.remove());

/** Windows keeps others out of a profile by the folder's rights, not by the file's mode. */
const ownerOnly = process.platform === 'win32' ? 0o666 : 0o600;
const file = () => join(folder.path, secretsFile);
const text = () => readFileSync(file(), 'utf8');
const desktop = () => createSecrets(folder.path, createKeychain(storage, 'linux'));
const headless = () => createSecrets(folder.path);

describe('with a keychain', () => {
  test('tokens come back after a restart, and nobody can read them in the profile', async () => {
    await desktop().save(tokens);
    expect(text()).not.toMatch(/access-token|refresh-token/);
    expect(await desktop().load()).toEqual(tokens);
    expect(desktop().describe()).toBe('In sync-tokens.json of the profile, sealed with a key in your keyring.');
  });

  test('that refuses, signing in fails with words, and the former sign-in stays', async () => {
    storage.state = 'locked';
    await expect(desktop().save(tokens)).rejects.toMatchObject(locked);
    expect(readdirSync(folder.path)).toEqual([]);
    storage.state = 'open';
    await desktop().save(tokens);
    storage.state = 'locked';
    await expect(desktop().save(newer)).rejects.toMatchObject(locked);
    storage.state = 'open';
    expect(await desktop().load()).toEqual(tokens);
  });

  test('that is locked for a while, the sign-in is there again afterwards', async () => {
    await desktop().save(tokens);
    for (const state of ['locked', 'not ready'] as const) {
      storage.state = state;
      await expect(desktop().load()).rejects.toMatchObject(locked);
    }
    storage.state = 'open';
    expect(await desktop().load()).toEqual(tokens);
  });

  test('whose key is gone, or of another computer, one is signed out; the file stays in case the key comes back', async () => {
    await desktop().save(tokens);
    const former = text();
    const [key] = storage.keys.splice(0, 1, 99);
    expect(await desktop().load()).toBeNull();
    expect(text()).toBe(former);
    storage.keys.splice(0, 1, key ?? 0);
    expect(await desktop().load()).toEqual(tokens);
  });

  test('whose key was changed, the tokens are sealed again with the new one', async () => {
    await desktop().save(tokens);
    storage.keys.unshift(7);
    expect(await desktop().load()).toEqual(tokens);
    storage.keys.pop();
    expect(await desktop().load()).toEqual(tokens);
  });

  test('a sign-in made without it, by a command, is sealed when the window first uses it', async () => {
    await headless().save(tokens);
    expect(await desktop().load()).toEqual(tokens);
    expect(text()).not.toMatch(/access-token/);
    expect(desktop().describe()).toContain('sealed');
  });

  test('a command without it says where the sign-in is, instead of being signed out', async () => {
    await desktop().save(tokens);
    await expect(headless().load()).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('kept by the Fieldbook window') });
    expect(headless().describe()).toBe('In sync-tokens.json of the profile, sealed by the Fieldbook window of this computer.');
  });

  test.each([['darwin', 'macOS keychain'], ['win32', 'by Windows for your user account'], ['linux', 'keyring']] as const)(
    'of %s, the words name it',
    async (platform, words) => {
      const secrets = createSecrets(folder.path, createKeychain(storage, platform));
      await secrets.save(tokens);
      expect(secrets.describe()).toContain(words);
    },
  );

  test('of macOS, what it seals begins like a text of a Linux without a keyring, and is sealed all the same', async () => {
    storage.prefix = 'v10';
    await createSecrets(folder.path, createKeychain(storage, 'darwin')).save(tokens);
    expect(text()).not.toMatch(/access-token/);
  });
});

describe('without a keychain', () => {
  test('tokens are in a file that its owner alone may read, which is said', async () => {
    await headless().save(tokens);
    expect(statSync(file()).mode & 0o777).toBe(ownerOnly);
    expect(await headless().load()).toEqual(tokens);
    expect(headless().describe()).toBe('In sync-tokens.json of the profile, a file that only you can read; there is no keychain here.');
  });

  test.each([
    ['says so by its name', 'basic_text', 'v10'],
    ['shows it only in what it encrypts', 'unknown', 'v10'],
  ])('a Linux session that %s gets no false promise', async (_how, backend, prefix) => {
    Object.assign(storage, { backend, prefix });
    await desktop().save(tokens);
    expect(statSync(file()).mode & 0o777).toBe(ownerOnly);
    expect(await desktop().load()).toEqual(tokens);
    expect(desktop().describe()).toBe(
      'In sync-tokens.json of the profile, a file that only you can read; this computer has no keychain (such as GNOME Keyring or KWallet).',
    );
    Object.assign(storage, { backend: 'gnome_libsecret', prefix: 'v11' });
    expect(await desktop().load()).toEqual(tokens);
    expect(text()).not.toMatch(/access-token/);
  });

  test('a file whose rights somebody widened is closed again with the next sign-in', async () => {
    await headless().save(tokens);
    chmodSync(file(), 0o644);
    await headless().save(newer);
    expect(statSync(file()).mode & 0o777).toBe(ownerOnly);
  });
});

describe('the file', () => {
  test('whatever is in it, is tokens or none, and never an error that nobody foresaw', async () => {
    const whole = [JSON.stringify(tokens), JSON.stringify({ sealed: (await createKeychain(storage, 'linux').seal('{}')) ?? '' })];
    const torn = fc.tuple(fc.constantFrom(...whole), fc.nat()).map(([one, length]) => one.slice(0, length % one.length));
    const foreign = fc.oneof(fc.json(), fc.jsonValue().map((value) => JSON.stringify({ sealed: value })), fc.string({ unit: 'binary' }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(torn, foreign), async (content) => {
        writeFileSync(file(), content);
        expect(await desktop().load()).toBeNull();
        expect(() => desktop().describe()).not.toThrow();
      }),
    );
  });

  test('that cannot be read is not taken for being signed out', async () => {
    await headless().save(tokens);
    const secrets = createSecrets(join(folder.path, secretsFile));
    await expect(secrets.load()).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('that a power cut left unfinished harms nobody, and does not stay', async () => {
    await headless().save(tokens);
    writeFileSync(`${file()}.part`, '{"access":"the-acc');
    expect(await headless().load()).toEqual(tokens);
    await headless().save(newer);
    expect(readdirSync(folder.path)).toEqual([secretsFile]);
  });

  test('is gone after signing out', async () => {
    const secrets = desktop();
    await secrets.save(tokens);
    await secrets.clear();
    expect(await secrets.load()).toBeNull();
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe('a renewed pair', () => {
  test('that the keychain does not take is used all the same, and kept as soon as it does', async () => {
    const secrets = desktop();
    await secrets.save(tokens);
    storage.state = 'locked';
    await expect(secrets.renew(newer)).rejects.toMatchObject(locked);
    expect(await secrets.load()).toEqual(newer);
    storage.state = 'open';
    expect(await desktop().load()).toEqual(tokens);
    expect(await secrets.load()).toEqual(newer);
    expect(await desktop().load()).toEqual(newer);
  });

  test('is forgotten when one signs in anew or signs out', async () => {
    const secrets = desktop();
    storage.state = 'locked';
    await expect(secrets.renew(newer)).rejects.toMatchObject(locked);
    storage.state = 'open';
    await secrets.save(tokens);
    expect(await secrets.load()).toEqual(tokens);
    storage.state = 'locked';
    await expect(secrets.renew(newer)).rejects.toMatchObject(locked);
    await secrets.clear();
    expect(await secrets.load()).toBeNull();
  });
});
