import { parseArgs } from 'node:util';
import { UsageError, portNumber, required } from './arguments.ts';
import { fromCaller } from './caller-path.ts';

/** What `npm start` was called with. */
export interface StartArguments {
  dataDir: string | undefined;
  port: number | undefined;
  /** Switches of the desktop, files and links: they are handed on, files with their whole path. */
  others: string[];
}

/** Reads the arguments of `npm start`. Throws UsageError for an option without its value and a port that cannot be. */
export function readStartArguments(args: readonly string[]): StartArguments {
  const options = { 'data-dir': { type: 'string' }, port: { type: 'string' } } as const;
  // Not strict: the desktop's runtime has switches of its own.
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const others = tokens.flatMap((token): string[] => {
    if (token.kind === 'positional') return [isLink(token.value) ? token.value : fromCaller(token.value)];
    if (token.kind !== 'option' || token.name in options) return [];
    return [token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`];
  });
  const dataDir = textOf(values['data-dir'], '--data-dir');
  const port = textOf(values.port, '--port');
  return {
    dataDir: dataDir === undefined ? undefined : fromCaller(required(dataDir, '--data-dir')),
    port: port === undefined ? undefined : portNumber(port),
    others,
  };
}

/** The same as arguments of a shell. */
export function startSwitches({ dataDir, port, others }: StartArguments): string[] {
  return [
    ...(dataDir === undefined ? [] : [`--data-dir=${dataDir}`]),
    ...(port === undefined ? [] : [`--port=${port}`]),
    ...others,
  ];
}

function textOf(value: string | boolean | undefined, option: string): string | undefined {
  if (typeof value === 'boolean') throw new UsageError(`${option} needs a value`);
  return value;
}

function isLink(word: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(word) && !/^[a-z]:[\\/]/i.test(word);
}
