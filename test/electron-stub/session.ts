import { EventEmitter } from 'node:events';
import { protocol } from './protocol.ts';

type WebRequestListener = (details: object, callback: (response: WebRequestResponse) => void) => void;

export interface WebRequestResponse {
  cancel?: boolean;
  responseHeaders?: Record<string, string | string[]>;
}

export type PermissionRequestHandler = (
  contents: object | null,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;

export type PermissionCheckHandler = (
  contents: object | null,
  permission: string,
  origin: string,
  details: object,
) => boolean;

/** What the app has set on a session, for the parts of the stand-in that act on it. */
export interface SessionHooks {
  beforeRequest: WebRequestListener | null;
  headersReceived: WebRequestListener | null;
  permissionRequest: PermissionRequestHandler | null;
  permissionCheck: PermissionCheckHandler | null;
}

/** Electron's Session. All sessions share the one profile of the browser; each has its own handlers. */
export class Session extends EventEmitter {
  readonly protocol = protocol;
  readonly hooks: SessionHooks = {
    beforeRequest: null,
    headersReceived: null,
    permissionRequest: null,
    permissionCheck: null,
  };
  // Electron takes (filter, listener) or (listener); the filter is not heeded.
  readonly webRequest = {
    onBeforeRequest: (...args: unknown[]): void => {
      this.hooks.beforeRequest = args.at(-1) as WebRequestListener | null;
    },
    onHeadersReceived: (...args: unknown[]): void => {
      this.hooks.headersReceived = args.at(-1) as WebRequestListener | null;
    },
    onBeforeSendHeaders(): void {},
    onSendHeaders(): void {},
    onCompleted(): void {},
    onErrorOccurred(): void {},
  };
  #spellChecker = true;
  readonly availableSpellCheckerLanguages = ['de', 'en-GB', 'en-US', 'es-ES', 'fr', 'pt-PT', 'sv'];
  #spellCheckerLanguages: string[] = [];

  setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
    this.hooks.permissionRequest = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler | null): void {
    this.hooks.permissionCheck = handler;
  }

  // Chromium's headless shell offers pages no devices and no capture of the screen, so there is nobody to ask these.
  setDevicePermissionHandler(): void {}
  setBluetoothPairingHandler(): void {}
  setUSBProtectedClassesHandler(): void {}
  setDisplayMediaRequestHandler(): void {}
  setCertificateVerifyProc(): void {}

  setSpellCheckerLanguages(languages: string[]): void {
    this.#spellCheckerLanguages = languages;
  }
  getSpellCheckerLanguages(): string[] {
    return this.#spellCheckerLanguages;
  }
  addWordToSpellCheckerDictionary(): boolean {
    return true;
  }
  setSpellCheckerDictionaryDownloadURL(): void {}
  setSpellCheckerEnabled(enabled: boolean): void {
    this.#spellChecker = enabled;
  }
  isSpellCheckerEnabled(): boolean {
    return this.#spellChecker;
  }
  setDownloadPath(): void {}
  async setProxy(): Promise<void> {}
  async clearCache(): Promise<void> {}
  async clearStorageData(): Promise<void> {}
}

const partitions = new Map<string, Session>();

export const session = {
  defaultSession: new Session(),
  fromPartition(partition: string): Session {
    const found = partitions.get(partition) ?? new Session();
    partitions.set(partition, found);
    return found;
  },
};
