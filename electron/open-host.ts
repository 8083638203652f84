import { AppError } from '../shared/errors.ts';
import type { Dispatch } from './dispatch.ts';
import { createEventHub } from './events.ts';
import { createHost, type Host, type HostConfig, type Reopen } from './host.ts';
import { isDamage, isSchemaDamage } from './store/check.ts';
import { makeSecret } from './tokens/secret.ts';

/**
 * A host that can be opened anew around another book: after a restored backup, or to repair a damaged one. Windows, their
 * token and whoever listens to events stay; calls made meanwhile are answered by the new book.
 * Throws what `createHost` throws.
 */
export async function openHost(config: HostConfig): Promise<Host> {
  const events = createEventHub((error) => current.log.error({ err: error }, 'a listener failed'));
  const shared = { ...config, events, ownerSecret: makeSecret(), reopen };
  let current = await create(shared);
  /** Set while there is no open book: the one to come. */
  let coming: Promise<Host> | undefined;
  let closed = false;

  function reopen(how: Reopen): void {
    if (coming || closed) return;
    // The answer to who asked for it goes out first.
    coming = new Promise<void>((resolve) => setImmediate(resolve)).then(() => replace(how));
    coming.then(
      (host) => {
        current = host;
        coming = undefined;
        events.publish({ type: 'bulk' });
      },
      () => undefined, // every call is answered with the reason
    );
  }

  async function replace({ suspect }: Reopen): Promise<Host> {
    const { url } = current.api();
    await current.close();
    // Windows that come over HTTP stay where they are, whatever port the other book's settings name.
    const staysHere = config.port === 0 || config.windowsOverHttp === true;
    const port = staysHere && url !== null ? { port: Number(new URL(url).port) } : {};
    const choose = shared.choose ?? ((plan) => plan.better);
    return create({ ...shared, ...port, ...(suspect ? { suspect, choose } : {}) });
  }

  const dispatch: Dispatch = (...call) => {
    if (closed) throw new AppError('unavailable', 'Fieldbook is closed.');
    return coming ? coming.then((host) => host.dispatch(...call)) : current.dispatch(...call);
  };

  return {
    dispatch,
    events,
    get log() {
      return current.log;
    },
    settings: () => current.settings(),
    api: () => current.api(),
    windowUrl: () => current.windowUrl(),
    async enterSafeMode() {
      // Also of the books that are opened later.
      shared.safeMode = true;
      await (coming ? await coming : current).enterSafeMode();
    },
    async close() {
      closed = true;
      if (coming) await coming.then((host) => host.close(), () => undefined);
      else await current.close();
    },
  };
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
