import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const electron = join(import.meta.dirname, '../../../electron');

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a script of `electron/` to its end, with what comes to its standard input. */
export async function runScript(script: string, args: readonly string[], input = '', options: SpawnOptions = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [join(electron, script), ...args], { ...options, stdio: 'pipe' });
  const outcome: Outcome = { status: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (outcome.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (outcome.stderr += String(chunk)));
  child.stdin.on('error', () => undefined); // it may have ended without reading
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number | null];
  return { ...outcome, status };
}
