import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { chromiumLaunch } from '../chromium.ts';
import { connectCdp, type CdpConnection, type CdpSession } from './cdp.ts';

/** STUB_WINDOW=1 shows the app in a real window on $DISPLAY, for a demonstration. */
export const showsWindow = process.env['STUB_WINDOW'] === '1';

interface Browser {
  child: ChildProcess;
  connection: CdpConnection;
}

let running: Browser | undefined;

/**
 * Starts the one Chromium that shows all windows of the app, and repeats its line "DevTools listening on ws://..." on
 * stderr for Playwright. `profile` is the folder of its profile. Chromium is driven through a pipe, so that it ends by
 * itself when this process does, however this process ends.
 */
export async function startBrowser(profile: string): Promise<void> {
  // A Chromium of a killed predecessor may need a moment to let go of the profile.
  for (let attempt = 1; !running; attempt++) {
    try {
      running = await launch(profile);
    } catch (error) {
      if (attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
    }
  }
}

/** The session of the whole browser. Throws before startBrowser has resolved. */
export function browserSession(): CdpSession {
  return connection().session();
}

/** Opens a session with a page. */
export async function attachToTarget(targetId: string): Promise<CdpSession> {
  const { sessionId } = await browserSession().send('Target.attachToTarget', { targetId, flatten: true });
  return connection().session(sessionId);
}

/** Closes the browser and waits until its process has ended; kills it if it does not within two seconds. */
export async function stopBrowser(): Promise<void> {
  const child = running?.child;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.removeAllListeners('exit');
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
  browserSession().send('Browser.close').catch(() => {});
  await exited;
  clearTimeout(timer);
}

function connection(): CdpConnection {
  if (!running) throw new Error('Cannot use a window before app is ready');
  return running.connection;
}

async function launch(profile: string): Promise<Browser> {
  const { executablePath, args, env } = chromiumLaunch();
  const own = [
    '--remote-debugging-pipe',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--force-color-profile=srgb',
    // Popups never come into being; the app still hears of them (Page.windowOpen).
    '--block-new-web-contents',
  ];
  const surface = showsWindow
    ? ['--app=data:text/html,<title>.</title>', '--test-type']
    : ['--no-startup-window', '--hide-scrollbars'];
  const switches = showsWindow ? args.filter((argument) => argument !== '--headless') : args;
  const child = spawn(executablePath, [...switches, ...own, ...surface], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const connection = connectCdp(child.stdio[3] as Writable, child.stdio[4] as Readable);

  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Chromium ended with ${code} before it was ready`)));
    createInterface({ input: child.stderr as Readable }).on('line', (line) => {
      if (line.startsWith('DevTools listening on ')) {
        process.stderr.write(`${line}\n`);
        resolve();
      } else if (process.env['STUB_DEBUG']) {
        process.stderr.write(`[chromium] ${line}\n`);
      }
    });
  });
  // Without its browser the app is dead, as Electron is.
  child.once('exit', () => process.exit(1));
  return { child, connection };
}
