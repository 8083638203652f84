import { createRunTask, sourceWorker } from '../../../electron/backups/run-task.ts';
import { startStore } from '../../../electron/recovery/start-store.ts';

/* Opens the profile named by the first argument with the migrations in the second, and ends. */
const [dataDir = '', migrationsDir = ''] = process.argv.slice(2);
process.stdout.write('begins\n');
const { store } = await startStore({ dataDir, migrationsDir, clock: () => new Date(), run: createRunTask(sourceWorker) });
store.close();
