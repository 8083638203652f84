import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepLink, parseDeepLink, type DeepLink } from '../../shared/deep-link.ts';
import type { ShellAction } from '../../shared/shell.ts';

/** What came from outside: a link, a file to open, or a link that is not taken. */
export type Incoming = { kind: 'link'; link: DeepLink } | { kind: 'badLink' } | { kind: 'file'; path: string };

/** The files that the program opens, by their ending. */
const openable = /\.(?:vcf|vcard|csv)$/i;
/** As many files as one start of the program opens. */
const mostArguments = 64;

/**
 * Reads the arguments of a start of the program, of this process or of a second one: links and files among switches and
 * whatever else the desktop passes. Anybody can start a program with any arguments, so nothing else is taken.
 */
export function readArguments(argv: readonly string[], workingDirectory: string): Incoming[] {
  return argv.slice(0, mostArguments).flatMap((argument): Incoming[] => {
    if (isDeepLink(argument)) return [readLink(argument)];
    if (argument.startsWith('-') || argument.includes('\0') || !openable.test(argument)) return [];
    const path = pathOf(argument, workingDirectory);
    return path === null ? [] : [{ kind: 'file', path }];
  });
}

export function readLink(text: string): Incoming {
  const link = parseDeepLink(text);
  return link === null ? { kind: 'badLink' } : { kind: 'link', link };
}

/** What a window does about a link. Nothing is saved: a person sees the contact or the filled form first. */
export function actionOfLink(link: DeepLink): ShellAction {
  return link.kind === 'contact' ? { type: 'openContact', id: link.id } : { type: 'capture', fields: link.fields };
}

function pathOf(argument: string, workingDirectory: string): string | null {
  if (!/^file:/i.test(argument)) return resolve(workingDirectory, argument);
  try {
    return fileURLToPath(argument);
  } catch {
    return null;
  }
}
