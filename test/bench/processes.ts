import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LoadJob, LoadResult } from './load.ts';

const root = join(import.meta.dirname, '../..');

export interface Server {
  url: string;
  /** Milliseconds from its start to its first line. */
  startedIn: number;
  process: ChildProcess;
  /** The next line it prints after its first. Throws when it ends before. */
  nextLine(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a program that prints `ready {"url":…}` when it listens. */
export async function startServer(program: string, args: readonly string[]): Promise<Server> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(root, program), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${program} ended before its time`);
    return value;
  };
  const ready = await nextLine();
  const startedIn = performance.now() - begun;
  const { url } = JSON.parse(ready.replace(/^ready /, '')) as { url: string };
  return {
    url,
    startedIn,
    process: child,
    nextLine,
    async stop() {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

export function startHost(dataDir: string, ...args: string[]): Promise<Server> {
  return startServer('electron/headless.ts', ['--data-dir', dataDir, '--port', '0', ...args]);
}

/** The CPU time a process has used so far, in microseconds; undefined where the system does not say. */
export function cpuTimeOf({ pid }: ChildProcess): number | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  // After the name in brackets: user and system time are the 12th and 13th fields, in hundredths of a second.
  const fields = readFileSync(file, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** A token without a limit to its rate. */
export function createToken(dataDir: string): string {
  const args = ['create', '--data-dir', dataDir, '--name', 'bench', '--permissions', 'ALL_ORG_VIEW,ALL_ORG_EDIT', '--rate', '0'];
  return execFileSync(process.execPath, [join(root, 'electron/cli/token.ts'), ...args], { encoding: 'utf8' }).trim();
}

/** Runs a load to its end, in a process of its own; `onBegin` is called when its requests begin. */
export async function applyLoad(job: LoadJob, onBegin?: () => void): Promise<LoadResult> {
  const output = await runProgram('test/bench/load.ts', [], JSON.stringify(job), onBegin);
  return JSON.parse(output.replace(/^.*\n/, '')) as LoadResult;
}

/**
 * Runs a program to its end and answers what it printed; `onOutput` is called when it prints first.
 * Throws when it ends with another status than 0.
 */
export async function runProgram(program: string, args: readonly string[], input = '', onOutput?: () => void): Promise<string> {
  const child = spawn(process.execPath, ['--expose-gc', join(root, program), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.stdin.end(input);
  if (onOutput) child.stdout.once('data', onOutput);
  let output = '';
  for await (const chunk of child.stdout) output += String(chunk);
  const [status] = await exited;
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
  return output;
}
