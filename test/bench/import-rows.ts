import { createReadStream } from 'node:fs';
import type { ImportReport } from '../../shared/operations/imports.ts';
import { openHost, owner } from './open-host.ts';

/* Imports a CSV into an empty profile as a command would, `node import-rows.ts DIR FILE`, and prints the seconds. */

const [dataDir = '', file = ''] = process.argv.slice(2);
const { host, call, close } = await openHost(dataDir);
const begun = performance.now();
const finished = new Promise<void>((resolve) => {
  host.events.subscribe((event) => {
    if (event.type === 'import' && event.report.status !== 'running') resolve();
  });
});
const started = (await host.dispatch('import.start', { format: 'csv' }, owner, createReadStream(file))) as ImportReport;
await finished;
const seconds = (performance.now() - begun) / 1000;
const { status, counts, errors } = await call('import.get', { id: started.id });
if (status !== 'done' || counts.error > 0) throw new Error(`the import is ${status}: ${JSON.stringify({ counts, errors })}`);
await close();
process.stdout.write(String(seconds));
