import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A headless host that was started for a window in the browser. */
export interface BrowserHost {
  process: ChildProcess;
  /** The address of its window, or null when it ended without one; why it did stands on standard error. */
  window: Promise<string | null>;
}

/** Starts the headless host beside this process and passes signals on to it. */
export function startBrowserHost(root: string, args: readonly string[]): BrowserHost {
  const child = spawn(process.execPath, [join(root, 'electron', 'headless.ts'), '--window', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const window = new Promise<string | null>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /^window (.+)$/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => resolve(null));
  });
  return { process: child, window };
}
