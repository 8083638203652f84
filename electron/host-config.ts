import type { Settings } from '../shared/operations/book.ts';
import type { Dispatch } from './dispatch.ts';
import type { EventHub } from './events.ts';
import type { Log } from './log.ts';
import type { Choose } from './recovery/recover.ts';
import type { Secrets } from './sync/secrets.ts';
import type { Updater } from './updates/updates.ts';

export interface HostConfig {
  /** The profile: a folder of its own, made when it is not there. */
  dataDir: string;
  migrationsDir: string;
  version: string;
  /** The worker that parses imports: a source or a built file. */
  importWorker: URL;
  /** The thread of sync, likewise. */
  syncWorker: URL;
  /** Where the sign-in to the server is kept; without it, in a file of the profile that its owner alone may read. */
  secrets?: Secrets;
  /** The built page for browser windows; without it the API serves no page. */
  rendererDir?: string;
  /** CHANGELOG.md: what is new is told from it after an update. */
  changelogFile?: string;
  /** Fetches newer versions of this program; without it nobody looks for any. */
  updater?: Updater;
  /** Instead of the port in the settings; 0 picks a free one. */
  port?: number | undefined;
  /** False for a command that only wants the operations: nothing listens. */
  api?: boolean;
  /**
   * This host's windows come over HTTP, so it listens whatever the settings say: an API that is switched off is closed to
   * programs only, and another port counts from the next start, so that a window keeps the ground it stands on.
   */
  windowsOverHttp?: boolean;
  /** After crashes in a row: the book as ever, but neither API nor sync, whatever the settings say. */
  safeMode?: boolean;
  /** The worker that copies, checks and repairs whole books, where it is not the source. */
  bookWorker?: URL;
  /** Says what takes the place of a damaged book; without it such a book is left as it is and not opened. */
  choose?: Choose;
  /** The book was found to be damaged: it is checked and repaired however large it is. */
  suspect?: boolean;
  /** Closes this host and opens another around the book that is there then. Without it no backup can be restored. */
  reopen?: (how: Reopen) => void;
  /** Kept while hosts come and go: who listens to events, and the secret of this person's windows and commands. */
  events?: EventHub;
  ownerSecret?: string;
  clock?: () => Date;
  newId?: () => string;
}

export interface Reopen {
  /** Because the book is damaged. */
  suspect?: boolean;
}

/** The book and its API, without any window. */
export interface Host {
  dispatch: Dispatch;
  events: EventHub;
  log: Log;
  settings(): Settings;
  /** Where the API listens, or why it does not. */
  api(): { url: string | null; error: string | null };
  /** The address of a browser window; the code in it works once. */
  windowUrl(): string;
  /** Turns off what runs beside the windows (API and sync) until the next start. */
  enterSafeMode(): Promise<void>;
  /** Ends requests, finishes what is being written, closes the database. */
  close(): Promise<void>;
}
