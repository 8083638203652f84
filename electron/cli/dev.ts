import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createBuilder, createServer } from 'vite';
import { findRuntime } from './runtime.ts';

/*
 * `npm run dev`: the page with hot reload from Vite's server, the main process built and started again whenever
 * something of it changes.
 */

const root = join(import.meta.dirname, '..', '..');
const runtime = await findRuntime(root);
if (runtime === null) {
  console.error('npm run dev needs Electron’s runtime, or ELECTRON_OVERRIDE_DIST_PATH=test/electron-stub');
  process.exit(1);
}

const configFile = join(root, 'vite.config.ts');
const server = await createServer({ configFile });
await server.listen();
const page = server.resolvedUrls?.local[0] ?? '';
const watched = [join(root, 'electron'), join(root, 'shared')];
let app: ChildProcess | undefined;

await buildMain();
startApp(runtime);
server.watcher.add(watched);
server.watcher.on('change', (file) => {
  if (!watched.some((folder) => file.startsWith(folder))) return;
  buildMain().then(
    () => startApp(runtime),
    (error: unknown) => console.error(error),
  );
});

async function buildMain(): Promise<void> {
  const builder = await createBuilder({ configFile, logLevel: 'warn' });
  for (const name of ['preload', 'main']) {
    const environment = builder.environments[name];
    if (environment) await builder.build(environment);
  }
}

function startApp(executable: string): void {
  app?.removeAllListeners('exit');
  app?.kill();
  app = spawn(executable, ['.'], { cwd: root, stdio: 'inherit', env: { ...process.env, FIELDBOOK_PAGE: page } });
  app.once('exit', (code) => process.exit(code ?? 0));
}
