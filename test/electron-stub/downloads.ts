import { EventEmitter } from 'node:events';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fromChromium } from './addresses.ts';
import { browserSession } from './browser.ts';
import type { Protocol } from './cdp.ts';
import { cancelableEvent } from './events.ts';
import { session } from './session.ts';

type DownloadState = 'progressing' | 'completed' | 'cancelled' | 'interrupted';

/** Electron's DownloadItem. A download without a save path is dropped: there is no one to ask for a place. */
class DownloadItem extends EventEmitter {
  readonly #url: string;
  readonly #filename: string;
  readonly #cancel: () => void;
  #savePath = '';
  #state: DownloadState = 'progressing';

  constructor(url: string, filename: string, cancel: () => void) {
    super();
    this.#url = url;
    this.#filename = filename;
    this.#cancel = cancel;
  }

  getURL(): string {
    return this.#url;
  }
  getFilename(): string {
    return this.#filename;
  }
  setSavePath(path: string): void {
    this.#savePath = path;
  }
  getSavePath(): string {
    return this.#savePath;
  }
  getState(): DownloadState {
    return this.#state;
  }
  cancel(): void {
    this.#cancel();
    this.finish('cancelled');
  }

  /** Ends the download, once. */
  finish(state: DownloadState): void {
    if (this.#state !== 'progressing') return;
    this.#state = state;
    this.emit('done', {}, state);
  }
}

/** Lets the default session's `will-download` decide about each download of a page. `folder` keeps unfinished ones. */
export async function watchDownloads(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = browserSession();
  const items = new Map<string, DownloadItem>();

  browser.on('Browser.downloadWillBegin', ({ guid, url, suggestedFilename }) => {
    const cancel = (): void => void browser.send('Browser.cancelDownload', { guid }).catch(() => {});
    const item = new DownloadItem(fromChromium(url.replace(/^blob:/, '')), suggestedFilename, cancel);
    items.set(guid, item);
    const event = cancelableEvent({});
    session.defaultSession.emit('will-download', event, item, null);
    if (event.defaultPrevented) item.cancel();
  });

  browser.on('Browser.downloadProgress', ({ guid, state }: Protocol.Browser.downloadProgressPayload) => {
    const item = items.get(guid);
    if (!item || state === 'inProgress') return;
    items.delete(guid);
    const file = join(folder, guid);
    if (state === 'completed' && item.getState() === 'progressing' && item.getSavePath()) {
      cpSync(file, item.getSavePath());
    }
    rmSync(file, { force: true });
    item.finish(state === 'completed' ? 'completed' : 'cancelled');
  });

  await browser.send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: folder,
    eventsEnabled: true,
  });
}
