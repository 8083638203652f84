import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..', '..');

export interface Headless {
  process: ChildProcess;
  url: string;
  /** Settles with the exit code, or null after a signal. */
  exited: Promise<number | null>;
}

/** Starts the headless host as `npm run serve` does, on a free port, and waits until it is ready. */
export async function startHeadless(dataDir: string, ...args: string[]): Promise<Headless> {
  const child = spawn(process.execPath, [join(root, 'electron', 'headless.ts'), '--data-dir', dataDir, '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void exited.then((code) => reject(new Error(`ended with ${code}: ${errors}`)));
  });
  const { url } = JSON.parse(line.replace(/^ready /, '')) as { url: string };
  return { process: child, url, exited };
}
