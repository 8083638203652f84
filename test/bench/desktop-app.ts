import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');

export interface DesktopStart {
  /** The folder of the application, from the root of the repository. */
  folder: string;
  /** Where Chromium keeps what is its own; used again, it starts as on any other day. */
  chromiumDir: string;
  env?: Record<string, string>;
  /** An expression for the page: a promise of the time when it had painted what is waited for, in milliseconds since 1970. */
  painted: string;
}

export interface RunningDesktop {
  /** Milliseconds from the start of the process to the painting. */
  paintedAfter: number;
  /** Resident memory in bytes: of the main process, and of its largest page. */
  memory(): { main: number; window: number };
  stop(): Promise<void>;
}

/** Starts an application on Electron's runtime, or on the stand-in where there is none, and watches its first window. */
export async function startDesktop({ folder, chromiumDir, env = {}, painted }: DesktopStart): Promise<RunningDesktop> {
  const begun = performance.timeOrigin + performance.now();
  const child = spawn(electronExecutable(), ['--remote-debugging-port=0', `--user-data-dir=${chromiumDir}`, folder], {
    cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  };
  try {
    const page = await firstPage(await debuggerAddress(child));
    return { paintedAfter: (await evaluate(page, painted)) - begun, memory: () => memoryOf(child.pid ?? 0), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function electronExecutable(): string {
  if (!existsSync(join(root, 'node_modules/electron/path.txt'))) {
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= join(root, 'test/electron-stub');
  }
  return createRequire(import.meta.url)('electron') as string;
}

/** Where Chromium can be asked, as it says itself when it starts. */
async function debuggerAddress(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  if (child.stderr) {
    for await (const line of createInterface({ input: child.stderr })) {
      const host = /^DevTools listening on ws:\/\/([^/]+)\//.exec(line)?.[1];
      if (host !== undefined) {
        child.stderr.resume();
        return host;
      }
      said.push(line);
    }
  }
  throw new Error(`The application ended before it had a window:\n${said.join('\n')}`);
}

async function firstPage(address: string): Promise<string> {
  for (;;) {
    const targets = (await (await fetch(`http://${address}/json/list`)).json()) as { type: string; url: string; webSocketDebuggerUrl: string }[];
    const page = targets.find(({ type, url }) => type === 'page' && !/^(about:|$)/.test(url));
    if (page) return page.webSocketDebuggerUrl;
    await wait(10);
  }
}

/** The number that an expression of the page promises. */
async function evaluate(page: string, expression: string): Promise<number> {
  const socket = new WebSocket(page);
  await once(socket, 'open');
  const answered = once(socket, 'message') as Promise<[MessageEvent<string>]>;
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, awaitPromise: true, returnByValue: true } }));
  const [{ data }] = await answered;
  socket.close();
  const value = (JSON.parse(data) as { result?: { result?: { value?: unknown } } }).result?.result?.value;
  if (typeof value !== 'number') throw new Error(`The page answered ${data}`);
  return value;
}

function memoryOf(main: number): { main: number; window: number } {
  const all = processes();
  const isOurs = (pid: number): boolean => pid === main || (all.has(pid) && isOurs(all.get(pid)?.parent ?? 0));
  const pages = [...all].filter(([pid, { command }]) => command.includes('--type=renderer') && isOurs(pid));
  return { main: all.get(main)?.resident ?? Number.NaN, window: Math.max(...pages.map(([, { resident }]) => resident)) };
}

/** All processes by their id, each with its parent, its resident memory in bytes and its command line. */
function processes(): Map<number, { parent: number; resident: number; command: string }> {
  const list = process.platform === 'win32'
    ? execFileSync('powershell', ['-NoProfile', '-Command', windowsList], { encoding: 'utf8' })
    : execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' });
  return new Map(list.split(/\r?\n/).flatMap((line) => {
    const [, pid, parent, kilobytes, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s*(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [[Number(pid), { parent: Number(parent), resident: Number(kilobytes) * 1024, command }]];
  }));
}

/** As `ps` prints it. */
const windowsList = 'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $([math]::Floor($_.WorkingSetSize / 1024)) $($_.CommandLine)" }';
