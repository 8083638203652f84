import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { recorded } from './recording.ts';

// In place of the keychain's key: one a copied folder of user data does not carry with it.
const key = createHash('sha256').update(`${hostname()}/${userInfo().username}`).digest();
const ivLength = 12;
const tagLength = 16;

function encrypt(plainText: string): Buffer {
  if (!recorded.keychainAvailable) {
    throw new Error('Error while encrypting the text provided to safeStorage.encryptString.');
  }
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const content = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), content]);
}

function decrypt(encrypted: Buffer): string {
  const failure = 'Error while decrypting the ciphertext provided to safeStorage.decryptString.';
  if (!recorded.keychainAvailable) throw new Error(failure);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, ivLength));
    decipher.setAuthTag(encrypted.subarray(ivLength, ivLength + tagLength));
    const content = encrypted.subarray(ivLength + tagLength);
    return decipher.update(content, undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new Error(failure, { cause });
  }
}

/** Electron's safeStorage, in its asynchronous and its older form. Damaged or foreign ciphertext is refused. */
export const safeStorage = {
  isAsyncEncryptionAvailable: async (): Promise<boolean> => recorded.keychainAvailable,
  encryptStringAsync: async (plainText: string): Promise<Buffer> => encrypt(plainText),
  decryptStringAsync: async (encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> => ({
    result: decrypt(encrypted),
    shouldReEncrypt: false,
  }),
  isEncryptionAvailable: (): boolean => recorded.keychainAvailable,
  encryptString: encrypt,
  decryptString: decrypt,
  getSelectedStorageBackend: (): string => 'gnome_libsecret',
};
