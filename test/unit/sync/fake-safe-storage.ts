/**
 * A safeStorage whose keychain tests can lock, change and lose. `keys` are those that it knows, the one in use first;
 * `prefix` is what Chromium puts before a text to say what encrypted it.
 */
export function createStorage() {
  const turn = (bytes: Buffer, key: number) => Buffer.from(bytes.map((byte) => byte ^ key));
  const fake = {
    state: 'open' as 'open' | 'locked' | 'not ready',
    backend: 'gnome_libsecret' as 'gnome_libsecret' | 'basic_text' | 'unknown',
    prefix: 'v11',
    keys: [42],
    isAsyncEncryptionAvailable: () => Promise.resolve(fake.state !== 'not ready'),
    async encryptStringAsync(plainText: string): Promise<Buffer> {
      if (fake.state !== 'open') throw new Error('Error while encrypting the text provided to safeStorage.encryptStringAsync.');
      const key = fake.keys[0] ?? 0;
      return Buffer.concat([Buffer.from(fake.prefix), Buffer.from([key]), turn(Buffer.from(plainText), key)]);
    },
    async decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
      if (fake.state !== 'open') throw new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.');
      const key = encrypted[3];
      if (key === undefined || !fake.keys.includes(key)) {
        throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.');
      }
      return { result: turn(encrypted.subarray(4), key).toString(), shouldReEncrypt: key !== fake.keys[0] };
    },
    getSelectedStorageBackend: () => fake.backend,
  };
  return fake;
}

export type FakeStorage = ReturnType<typeof createStorage>;
