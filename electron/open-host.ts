import { AppError, toAppError } from '../shared/errors.ts';
import type { Dispatch } from './dispatch.ts';
import { createEventHub } from './events.ts';
import { createHost, type Host, type HostConfig, type Reopen } from './host.ts';
import { isDamage, isSchemaDamage } from './store/check.ts';
import { makeSecret } from './tokens/secret.ts';

/** After a book could not be opened again, calls within this time get the reason; later ones try anew. */
const retryAfterMs = 5_000;

interface Failure {
  reason: AppError;
  how: Reopen;
  at: number;
}

/**
 * A host that can be opened anew around another book: after a restored backup, or to repair a damaged one. Windows, their
 * token and whoever listens to events stay; calls made meanwhile are answered by the new book. Where that cannot be opened,
 * they get AppError `unavailable` with the reason, and it is tried again when somebody calls later.
 * Throws what `createHost` throws. `monotonic` is milliseconds that only grow.
 */
export async function openHost(config: HostConfig, monotonic: () => number = () => performance.now()): Promise<Host> {
  const events = createEventHub((error) => current.log.error({ err: error }, 'a listener failed'));
  const shared = { ...config, events, ownerSecret: makeSecret(), reopen };
  /** The host that is open, or the one that was open last. */
  let current = await create(shared);
  /** Set while there is no open book: the one to come. */
  let coming: Promise<Host> | undefined;
  /** Set when there is none to come either. */
  let failure: Failure | undefined;
  let closed = false;

  function reopen(how: Reopen): void {
    if (coming || closed) return;
    // The answer to who asked for it goes out first.
    coming = new Promise<void>((resolve) => setImmediate(resolve)).then(() => replace(how));
    coming.then(
      (host) => {
        current = host;
        coming = undefined;
        failure = undefined;
        events.publish({ type: 'bulk' });
      },
      (error: unknown) => {
        coming = undefined;
        failure = { reason: unavailable(error), how, at: monotonic() };
        current.log.error({ err: error }, 'the address book could not be opened again');
        events.publish({ type: 'settings' });
      },
    );
  }

  async function replace({ suspect }: Reopen): Promise<Host> {
    if (!failure) {
      const { url } = current.api();
      // Programs find the API where it was, and windows that come over HTTP stay where they are, whatever port the other book names.
      const staysHere = config.port === 0 || config.windowsOverHttp === true;
      if (staysHere && url !== null) shared.port = Number(new URL(url).port);
      await current.close().catch((error: unknown) => current.log.error({ err: error }, 'the host could not be closed in order'));
    }
    const choose = shared.choose ?? ((plan) => plan.better);
    return create({ ...shared, ...(suspect ? { suspect, choose } : {}) });
  }

  const dispatch: Dispatch = (...call) => {
    if (closed) throw new AppError('unavailable', 'Fieldbook is closed.');
    if (failure && !coming) {
      if (monotonic() - failure.at < retryAfterMs) throw failure.reason;
      reopen(failure.how);
    }
    if (!coming) return current.dispatch(...call);
    return coming.then((host) => host.dispatch(...call), (error: unknown) => {
      throw unavailable(error);
    });
  };

  return {
    dispatch,
    events,
    get log() {
      return current.log;
    },
    settings: () => current.settings(),
    api: () => (failure ? { url: null, error: failure.reason.message } : current.api()),
    windowUrl() {
      if (failure) throw failure.reason;
      return current.windowUrl();
    },
    async enterSafeMode() {
      // Also of the books that are opened later.
      shared.safeMode = true;
      const host = coming ? await coming.catch(() => undefined) : current;
      if (!failure) await host?.enterSafeMode();
    },
    async close() {
      closed = true;
      if (coming) await coming.then((host) => host.close(), () => undefined);
      else if (!failure) await current.close();
    },
  };
}

function unavailable(error: unknown): AppError {
  const { kind, message } = toAppError(error);
  const reason = kind === 'internal' && error instanceof Error ? error.message : message;
  return new AppError('unavailable', `The address book could not be opened again: ${reason}`);
}

/** A book too large to be checked at every start may show its damage only now: then it is checked, and what is to be done is asked. */
async function create(config: HostConfig): Promise<Host> {
  try {
    return await createHost(config);
  } catch (error) {
    if (config.suspect || !(isDamage(error) || isSchemaDamage(error))) throw error;
    return createHost({ ...config, suspect: true });
  }
}
