import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createBuilder, createServer, type ViteDevServer } from 'vite';
import { runCommand } from './arguments.ts';
import { startBrowserHost, type BrowserHost } from './browser-host.ts';
import { devProxy } from './dev-proxy.ts';
import { findRuntime } from './runtime.ts';
import { showWindow } from './show-window.ts';
import { readStartArguments, startSwitches, type StartArguments } from './start-arguments.ts';

/*
 * `npm run dev`: the page with hot reload from Vite's server, the main process built and started again whenever
 * something of it changes. Without Electron's runtime the headless host takes the place of the main process, and the
 * page comes to the browser, with its calls passed on to that host.
 */

const usage = `Usage: npm run dev [-- --data-dir DIR] [--port N]
Opens Fieldbook with hot reload; without Electron's runtime in the browser.`;

const root = join(import.meta.dirname, '..', '..');
const configFile = join(root, 'vite.config.ts');
const watched = [join(root, 'electron'), join(root, 'shared')];

runCommand(usage, async (args) => {
  const wanted = readStartArguments(args);
  const runtime = await findRuntime(root);
  return runtime === null ? runInBrowser(wanted) : runDesktop(runtime, wanted);
});

async function runDesktop(executable: string, wanted: StartArguments): Promise<number> {
  const server = await createServer({ configFile });
  await server.listen();
  const page = server.resolvedUrls?.local[0] ?? '';
  return new Promise((resolve, reject) => {
    let app: ChildProcess | undefined;
    const start = (): void => {
      app?.removeAllListeners('exit');
      app?.kill();
      app = spawn(executable, ['.', ...startSwitches(wanted)], { cwd: root, stdio: 'inherit', env: { ...process.env, FIELDBOOK_PAGE: page } });
      app.once('exit', (code) => void server.close().finally(() => resolve(code ?? 0)));
    };
    const build = (): void => void buildMain().then(start, (error: unknown) => console.error(error));
    buildMain().then(start, reject);
    onChange(server, build);
  });
}

async function runInBrowser(wanted: StartArguments): Promise<number> {
  console.log('Electron’s runtime is not installed and cannot be fetched here: opening Fieldbook in the browser instead.');
  let host: BrowserHost = startBrowserHost(root, startSwitches(wanted));
  const first = await host.window;
  if (first === null) return 1;
  const { origin, port } = new URL(first);
  const server = await createServer({ configFile, server: { proxy: devProxy(origin) } });
  await server.listen();
  const inVite = (address: string): string => new URL(new URL(address).hash, server.resolvedUrls?.local[0]).href;

  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        host.process.once('exit', () => resolve());
        if (host.process.exitCode !== null || !host.process.kill(signal)) resolve();
      });
    }
  });
  onChange(server, () => {
    const former = host.process;
    former.once('exit', () => {
      // On the same port: the page's calls go on being passed to it.
      host = startBrowserHost(root, startSwitches({ ...wanted, port: Number(port) }));
      void host.window.then((address) => {
        if (address !== null) console.log(`Started again; the window goes on with ${inVite(address)}`);
      });
    });
    former.kill();
  });
  await showWindow(inVite(first), 'Fieldbook is open in the browser, with hot reload. Ctrl+C here closes it.');
  await ended;
  await server.close();
  return 0;
}

/** Calls back after changes of what runs outside the page, once for those that come together. */
function onChange(server: ViteDevServer, callback: () => void): void {
  let waiting: NodeJS.Timeout | undefined;
  server.watcher.add(watched);
  server.watcher.on('change', (file) => {
    if (!watched.some((folder) => file.startsWith(folder))) return;
    clearTimeout(waiting);
    waiting = setTimeout(callback, 100);
  });
}

async function buildMain(): Promise<void> {
  const builder = await createBuilder({ configFile, logLevel: 'warn' });
  for (const name of ['preload', 'main']) {
    const environment = builder.environments[name];
    if (environment) await builder.build(environment);
  }
}
