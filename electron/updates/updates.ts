import { AppError } from '../../shared/errors.ts';
import type { UpdateChannel, UpdateChoice } from '../../shared/operations/book.ts';
import type { UpdateStatus } from '../../shared/operations/updates.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { EventHub } from '../events.ts';
import type { Log } from '../log.ts';
import { installRefusal, type Ongoing } from './install-refusal.ts';

/** What can fetch newer versions of this program and put them in its place: the shell's own way. */
export interface Updater {
  /** Looks in a channel and fetches what is newer. Answers its version, or null when there is nothing newer. */
  fetch(channel: UpdateChannel): Promise<string | null>;
  /** Ends this program as quitting does, then starts the fetched version. */
  install(): void;
}

export interface UpdatesDeps {
  /** Missing where the program is not updated by itself: headless, from the sources, from a package made by hand. */
  updater: Updater | undefined;
  choice: () => UpdateChoice;
  ongoing: () => Ongoing;
  events: EventHub;
  now: () => string;
  /** Calls back later; returns the way to call it off. */
  timer: (milliseconds: number, callback: () => void) => () => void;
  log: Pick<Log, 'warn'>;
}

export interface Updates {
  handlers: HandlersOf<'update.status' | 'update.check' | 'update.install'>;
  close(): void;
}

/** Milliseconds. */
export const updateTiming = { afterStart: 60_000, every: 86_400_000, afterFailure: 3_600_000 } as const;

const nothingKnown: UpdateStatus = { state: 'unknown', version: null, lookedAt: null, problem: null };

/**
 * Looks for newer versions once a day, but only when a person has said so; installs one only when a person asks for it,
 * and never in the middle of a sync or an import.
 */
export function createUpdates({ updater, choice, ongoing, events, now, timer, log }: UpdatesDeps): Updates {
  let found = nothingKnown;
  let followed = choice();
  let turn: Promise<void> = Promise.resolve();
  let callOff = (): void => undefined;

  const status = (): UpdateStatus => {
    if (!updater) return { ...nothingKnown, state: 'unsupported' };
    return followed === 'off' ? { ...nothingKnown, state: 'off' } : found;
  };

  function show(next: UpdateStatus): void {
    found = next;
    events.publish({ type: 'updates' });
  }

  function plan(milliseconds: number): void {
    callOff();
    callOff = timer(milliseconds, () => void look());
  }

  /** One after the other. */
  function look(): Promise<void> {
    turn = turn.then(lookOnce);
    return turn;
  }

  /** What was found in a channel that is no longer followed is forgotten. */
  async function lookOnce(): Promise<void> {
    const channel = followed;
    if (!updater || channel === 'off') return;
    callOff();
    show({ ...found, state: 'looking', problem: null });
    const next = await fetched(updater, channel);
    if (followed !== channel) return;
    show(next);
    plan(next.state === 'failed' ? updateTiming.afterFailure : updateTiming.every);
  }

  async function fetched(from: Updater, channel: UpdateChannel): Promise<UpdateStatus> {
    try {
      const version = await from.fetch(channel);
      return { state: version === null ? 'newest' : 'ready', version, lookedAt: now(), problem: null };
    } catch (error) {
      log.warn({ err: error }, 'updates could not be checked for');
      return { state: 'failed', version: null, lookedAt: found.lookedAt, problem: firstLine(error) };
    }
  }

  const stopHearing = events.subscribe(({ type }) => {
    if (type !== 'settings' || choice() === followed) return;
    followed = choice();
    callOff();
    show(nothingKnown);
    void look();
  });
  if (updater && followed !== 'off') plan(updateTiming.afterStart);

  return {
    handlers: {
      'update.status': status,
      async 'update.check'() {
        const { state } = status();
        if (state === 'unsupported') throw new AppError('conflict', 'This Fieldbook does not update itself');
        if (state === 'off') throw new AppError('conflict', 'Updates are off: choose a channel first');
        await look();
        return status();
      },
      'update.install'() {
        if (!updater || status().state !== 'ready') throw new AppError('conflict', 'There is no newer version to restart into');
        const refusal = installRefusal(ongoing());
        if (refusal !== null) throw new AppError('conflict', refusal);
        updater.install();
        return null;
      },
    },
    close() {
      callOff();
      stopHearing();
    },
  };
}

/** The updater's errors carry whole answers of servers behind their first line. */
function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.slice(0, 200);
}
