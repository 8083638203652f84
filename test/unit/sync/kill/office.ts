import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createSyncBook } from '../../../../electron/sync/book/book.ts';
import type { CycleResult } from '../../../../electron/sync/ports.ts';
import { serveFakeRemote } from '../../../fake-remote/http.ts';
import { createFakeRemote } from '../../../fake-remote/remote.ts';
import { openTestBook } from '../../support/book.ts';
import { syncOnce } from './laptop-cycle.ts';
import { tokenFile } from './token-file.ts';

/** A server, and a way to laptops that are processes of their own. */
export async function openOffice() {
  const remote = createFakeRemote();
  const { url, close } = await serveFakeRemote(remote);
  const { tenantId, organizationId, admin } = remote.directory;

  async function signIn() {
    const answer = await fetch(`${url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: admin.email, password: admin.password }),
    });
    const { token, refresh_token } = (await answer.json()) as { token: string; refresh_token: string };
    return { access: token, refresh: refresh_token };
  }

  return {
    remote,
    close,
    /** A new profile in this folder, linked to the server. */
    async link(dataDir: string): Promise<void> {
      await withBook(dataDir, (_book, sync) =>
        sync.link({
          url, tenantId, organizationId, organizationName: 'Head office', userName: 'Local Admin',
          dialect: { server: 'gauzy', clientIds: true },
        }),
      );
      await tokenFile(dataDir).save(await signIn());
    },
    /** One cycle; a full one compares every contact at its end. */
    cycle: (dataDir: string, full = true): Promise<CycleResult> => syncOnce(dataDir, () => Promise.resolve(), full),
    /** One cycle in a process of its own, which is killed when it comes to a point for the given time. */
    async killedCycle(dataDir: string, point: string, times: number): Promise<void> {
      const program = join(import.meta.dirname, 'laptop.ts');
      const child = spawn(process.execPath, [program, dataDir, point, String(times)], { stdio: ['ignore', 'ignore', 'inherit'] });
      const [status, signal] = (await once(child, 'exit')) as [number | null, string | null];
      if (signal !== 'SIGKILL') throw new Error(`The laptop never came to ${point}: it ended with ${status}`);
    },
  };
}

export type Office = Awaited<ReturnType<typeof openOffice>>;

/** Work on a book that no process has open. */
export async function withBook<T>(
  dataDir: string,
  work: (book: ReturnType<typeof openTestBook>, sync: ReturnType<typeof createSyncBook>) => T | Promise<T>,
): Promise<T> {
  let queue: ((...change: Parameters<ReturnType<typeof createSyncBook>['queue']>) => void) | undefined;
  const book = openTestBook({ dataDir, queue: (...change) => queue?.(...change) });
  const sync = createSyncBook({ ...book, random: Math.random, announceLists: () => undefined });
  queue = sync.queue;
  try {
    return await work(book, sync);
  } finally {
    book.close();
  }
}
