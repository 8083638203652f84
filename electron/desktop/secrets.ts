import type { SafeStorage } from 'electron';
import { AppError } from '../../shared/errors.ts';
import { secretsFile, type Keychain } from '../sync/secrets.ts';

type Storage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

const where: Readonly<Record<string, string>> = {
  darwin: 'sealed with a key in your macOS keychain',
  win32: 'sealed by Windows for your user account',
  linux: 'sealed with a key in your keyring',
};

/**
 * The system's keychain through Electron's asynchronous safeStorage. Only after `ready`.
 * On Linux without a keyring Chromium encrypts with a password that everybody knows, and says so in the first bytes
 * (`v10`; the name of the backend is known only once the older, synchronous interface was used): that is no keychain.
 */
export function createKeychain(storage: Storage, platform: NodeJS.Platform): Keychain {
  const hasKeyring = () => platform !== 'linux' || storage.getSelectedStorageBackend() !== 'basic_text';
  const isObfuscated = (sealed: Buffer) => platform === 'linux' && sealed.subarray(0, 3).toString('latin1') === 'v10';

  return {
    async seal(text) {
      if (!hasKeyring()) return null;
      const sealed = await answered(storage, () => storage.encryptStringAsync(text));
      return isObfuscated(sealed) ? null : sealed.toString('base64');
    },

    async open(sealed) {
      try {
        const { result, shouldReEncrypt } = await answered(storage, () => storage.decryptStringAsync(Buffer.from(sealed, 'base64')));
        return { text: result, sealAgain: shouldReEncrypt };
      } catch (error) {
        const { cause } = error as Error;
        // Of another computer or user, or with a key that was thrown away.
        if (cause instanceof Error && !cause.message.includes('temporarily unavailable')) return null;
        throw error;
      }
    },

    describe: (isSealed) =>
      isSealed
        ? `In ${secretsFile} of the profile, ${where[platform] ?? 'sealed by your system'}.`
        : `In ${secretsFile} of the profile, a file that only you can read; this computer has no keychain${platform === 'linux' ? ' (such as GNOME Keyring or KWallet)' : ''}.`,
  };
}

/** What the keychain makes of a text. Throws `unavailable`, with what it said as the cause, when it refuses. */
async function answered<T>(storage: Storage, work: () => Promise<T>): Promise<T> {
  const words = 'The keychain of this computer is not answering. Unlock it and try again.';
  if (!(await storage.isAsyncEncryptionAvailable())) throw new AppError('unavailable', words);
  try {
    return await work();
  } catch (error) {
    throw Object.assign(new AppError('unavailable', words), { cause: error });
  }
}
