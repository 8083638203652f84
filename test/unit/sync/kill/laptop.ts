import { syncOnce } from './laptop-cycle.ts';

/*
 * A laptop that is killed while it syncs: `node laptop.ts DIR POINT TIMES`. POINT is the name of a call of the book, or `write`
 * for a request that changes something, with `:before` or `:after`; the process is killed there when it comes by for that time.
 */

const [dataDir = '', point = '', times = ''] = process.argv.slice(2);
let left = Number(times);

await syncOnce(dataDir, async (name) => {
  if (name !== point) return;
  left -= 1;
  if (left > 0) return;
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => undefined);
});
