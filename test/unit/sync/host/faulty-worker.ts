import { parentPort } from 'node:worker_threads';
import { placeOf } from '../../../../electron/error-place.ts';
import { noCycle } from '../../../../electron/sync/scheduler.ts';
import { connectThreads, type Port } from '../../../../electron/sync/thread-rpc.ts';
import type { HostSide, WorkerSide } from '../../../../electron/sync/worker.ts';

/* A sync thread in which something goes wrong: what, says the path of the server's address. */

let cancel: () => void = () => undefined;

const own: WorkerSide = {
  async cycle(origin) {
    const fault = new URL(origin).pathname.slice(1);
    await host.report({ phase: 'sending', done: 1, total: 3 });
    if (fault === 'throws') setTimeout(() => Reflect.apply(null as unknown as () => void, null, []), 0);
    else if (fault === 'ends') process.exit(7);
    else if (fault === 'stumbles') return Reflect.apply(null as unknown as () => Promise<never>, null, []);
    else if (fault === 'obeys') {
      await new Promise<void>((resolve) => (cancel = resolve));
      return noCycle('cancelled', 'Stopped by you.');
    } else return { outcome: 'done', pulled: 2, pushed: 1, deleted: 0, requests: 3, writes: 1 };
    return new Promise(() => undefined);
  },
  cancel: () => cancel(),
  signIn: () => Promise.reject(new Error('not here')),
  readOne: () => new Promise(() => undefined),
};

const { remote: host } = connectThreads<HostSide>(parentPort as Port, own, (error) => void host.noteFault(placeOf(error)));
