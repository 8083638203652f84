import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError } from '../../shared/errors.ts';
import { defaultDataDir } from '../data-dir.ts';
import { fromCaller } from './caller-path.ts';
import { inPlainWords } from './plain-words.ts';

/** A command was called wrongly: its usage is shown and it ends with 2. */
export class UsageError extends Error {}

/**
 * Runs a command with what stands after its name and ends the process with its status: 0, or what the command
 * answers; 2 with the usage after a UsageError, 1 with the message after any other error. `--help` shows the usage.
 */
export function runCommand(usage: string, command: (args: string[]) => Promise<number | void>): void {
  // What a command loads is compiled once: the next one starts a third sooner.
  enableCompileCache(process.env['NODE_COMPILE_CACHE'] ?? join(import.meta.dirname, '../../node_modules/.cache/node'));
  const args = process.argv.slice(2);
  if (asksForHelp(args)) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  command(args).then(
    (status) => {
      process.exitCode = status ?? 0;
    },
    (error: unknown) => {
      process.exitCode = reportFailure(usage, error);
    },
  );
}

/** Whether a command line asks how the command is called, wherever in it. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).some((argument) => argument === '--help' || argument === '-h');
}

/** Tells on standard error why a command failed; answers the status that it ends with. */
export function reportFailure(usage: string, error: unknown): number {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`${inPlainWords(error)}\n${isUsage ? `${usage}\n` : ''}`);
  return isUsage ? 2 : 1;
}

/** For `catch`: throws the error again, with refused fields named as they are given on the command line. */
export function inOptions(optionOf: Readonly<Record<string, string>>): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof AppError) || error.issues.length === 0) throw error;
    const issues = error.issues.map(({ field, message }) => ({ field, message: message.replace(field, optionOf[field] ?? field) }));
    throw new AppError(error.kind, error.message, issues);
  };
}

type Options = NonNullable<ParseArgsConfig['options']>;
interface Form<O extends Options> {
  options: O & { 'data-dir': { type: 'string' } };
  allowPositionals: true;
}

const common = { 'data-dir': { type: 'string' } } as const satisfies Options;

/** The options and words of a command line, with the profile's folder. Throws UsageError for an unknown option. */
export function readArguments<const O extends Options>(args: string[], options: O) {
  try {
    const form: Form<O> = { options: { ...options, ...common }, allowPositionals: true };
    const { values, positionals } = parseArgs<Form<O> & { args: string[] }>({ ...form, args });
    const { 'data-dir': dataDir } = values as { 'data-dir'?: string };
    return { values, words: positionals, dataDir: dataDir === undefined ? defaultDataDir() : fromCaller(required(dataDir, '--data-dir')) };
  } catch (error) {
    // The first sentence names the option; what Node adds is advice for programmers.
    const [, named] = /^(.+?)(?:\.\s|\.?$)/m.exec(inPlainWords(error)) ?? [];
    throw new UsageError(named ?? inPlainWords(error), { cause: error });
  }
}

/** The number of a `--port`; 0 picks a free one. */
export function portNumber(value: string): number {
  return wholeNumber(value, '--port', 0, 65_535);
}

/** The value of an option that must be given. */
export function required(value: string | undefined, option: string): string {
  if (value === undefined || value.trim() === '') throw new UsageError(`${option} is missing`);
  return value;
}

export function wholeNumber(value: string, option: string, smallest: number, largest = Number.MAX_SAFE_INTEGER): number {
  const number = Number(value);
  if (!/^-?\d+$/.test(value) || number < smallest || number > largest) {
    const range = largest === Number.MAX_SAFE_INTEGER ? `of at least ${smallest}` : `from ${smallest} to ${largest}`;
    throw new UsageError(`${option} must be a whole number ${range}, not '${value}'`);
  }
  return number;
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A length of time as `30d`, `12h`, `30m` or `90s`, in seconds. */
export function duration(value: string, option: string): number {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(value) ?? [];
  const seconds = Number(amount) * (secondsOf[unit ?? ''] ?? Number.NaN);
  if (!Number.isSafeInteger(seconds) || seconds < 1) {
    throw new UsageError(`${option} must be a whole number and s, m, h or d, as in 30d, not '${value}'`);
  }
  return seconds;
}

/** One of a few words. */
export function oneOf<const T extends string>(value: string, option: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new UsageError(`${option} must be one of ${allowed.join(', ')}, not '${value}'`);
  return found;
}

/** Refuses words that the command has no use for. */
export function noMore(words: readonly string[]): void {
  if (words.length > 0) throw new UsageError(`'${words.join(' ')}' is not expected here`);
}
