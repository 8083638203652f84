// Runs the app's main in this Node process and then starts the browser, as Electron's executable would.
import { pathToFileURL } from 'node:url';
import { app, mainFile } from './app.ts';
import { showsWindow } from './browser.ts';

// A window nobody can see must not outlive the test that opened it, even if the test was killed.
if (!showsWindow) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 500).unref();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

let isStarted = false;
const start = (): void => {
  if (isStarted) return;
  isStarted = true;
  app.start().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
};

// The browser starts when main has run, so that main may still choose the paths; or when main itself waits for it.
const whenReady = app.whenReady.bind(app);
app.whenReady = () => {
  setImmediate(start);
  return whenReady();
};
await import(pathToFileURL(mainFile).href);
start();
