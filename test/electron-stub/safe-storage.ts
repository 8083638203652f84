import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { app } from './app.ts';
import { recorded } from './recording.ts';

/** What a text was encrypted with stands before it, as in Chromium on Linux. */
type Provider = 'v10' | 'v11';

const digest = (text: string) => createHash('sha256').update(text).digest();
const keys: Readonly<Record<Provider, Buffer>> = {
  // Without a keyring: a password that everybody knows.
  v10: digest('peanuts'),
  // In place of the keychain's key: one a copied folder of user data does not carry with it.
  v11: digest(`${hostname()}/${userInfo().username}`),
};
const prefixLength = 3;
const ivLength = 12;
const tagLength = 16;

function encrypt(plainText: string, method: string): Buffer {
  if (recorded.keychain === 'locked') throw new Error(`Error while encrypting the text provided to safeStorage.${method}.`);
  const provider: Provider = recorded.keychain === 'none' ? 'v10' : 'v11';
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', keys[provider], iv);
  const content = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(provider), iv, cipher.getAuthTag(), content]);
}

function decrypt(encrypted: Buffer, method: string): { result: string; shouldReEncrypt: boolean } {
  const provider = encrypted.toString('latin1', 0, prefixLength);
  const isOfKeychain = provider === 'v11';
  if (isOfKeychain && recorded.keychain === 'locked') {
    throw new Error(`safeStorage.${method} is temporarily unavailable. Please try again.`);
  }
  const failure = `Error while decrypting the ciphertext provided to safeStorage.${method}.`;
  if (isOfKeychain ? recorded.keychain === 'none' : provider !== 'v10') throw new Error(failure);
  try {
    const body = encrypted.subarray(prefixLength);
    const decipher = createDecipheriv('aes-256-gcm', keys[isOfKeychain ? 'v11' : 'v10'], body.subarray(0, ivLength));
    decipher.setAuthTag(body.subarray(ivLength, ivLength + tagLength));
    const result = decipher.update(body.subarray(ivLength + tagLength), undefined, 'utf8') + decipher.final('utf8');
    return { result, shouldReEncrypt: !isOfKeychain && recorded.keychain === 'open' };
  } catch (cause) {
    throw new Error(failure, { cause });
  }
}

function assertReady(): void {
  if (!app.isReady()) throw new Error('safeStorage cannot be used before app is ready');
}

/** Electron's safeStorage, in its asynchronous and its older form. Damaged or foreign ciphertext is refused. */
export const safeStorage = {
  isAsyncEncryptionAvailable: async (): Promise<boolean> => app.isReady(),
  async encryptStringAsync(plainText: string): Promise<Buffer> {
    assertReady();
    return encrypt(plainText, 'encryptStringAsync');
  },
  async decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    assertReady();
    return decrypt(encrypted, 'decryptStringAsync');
  },
  isEncryptionAvailable: (): boolean => app.isReady() && recorded.keychain === 'open',
  encryptString: (plainText: string): Buffer => encrypt(plainText, 'encryptString'),
  decryptString: (encrypted: Buffer): string => decrypt(encrypted, 'decryptString').result,
  getSelectedStorageBackend: (): string => (recorded.keychain === 'none' ? 'basic_text' : 'gnome_libsecret'),
};
