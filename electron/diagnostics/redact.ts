import type { ErrorPlace } from '../error-place.ts';
import type { RequestLine } from '../log.ts';

/** Keys of the texts in a record; the types of what is logged keep these lists whole. */
type TextsOf<T> = { [K in keyof T]-?: string extends T[K] ? K : never }[keyof T];
const requestTexts: Record<TextsOf<RequestLine>, true> = { requestId: true, method: true, route: true };
const placeTexts: Record<TextsOf<ErrorPlace>, true> = { error: true, code: true };

/** Text fields of a log line that the program itself fixes; any other text is left out. */
const knownTexts: readonly string[] = [
  'time', 'msg', 'reason', 'outcome', 'type', 'version', ...Object.keys(requestTexts), ...Object.keys(placeTexts),
];
/** Made by the server for each request; redaction would take its digits for a phone. */
const requestIdForm = /^[\w-]{1,40}$/;

/**
 * A message without what could tell of a person or open a door: whatever stands between quotes, mail and web addresses,
 * tokens, longer numbers (phones, postcodes) and the name of the home folder.
 */
export function redactText(text: string, homeDir: string): string {
  return (homeDir.length > 1 ? text.replaceAll(homeDir, '~') : text)
    .replace(/["'`‘“«»].*["'`’”«»]/s, '"…"')
    .replace(/[a-z][a-z\d+.-]*:\/\/\S*/gi, '<address>')
    .replace(/\S+@\S+/g, '<mail>')
    .replace(/\bfbk_\S*/g, '<token>')
    .replace(/\+?\d[\d\s()./-]{3,}\d/g, '<number>')
    .slice(0, 500);
}

/** Where a frame is: after its function, or alone. Folders may have blanks and brackets in their names. */
const framePlace = /^(at (?:.*? \((?=.*\)$)|(?:async )?)).*[\\/]([^\\/]+:\d+)/;

/** A stack without its message: the frames, each with the name of its file and without the folders before it. */
export function redactStack(stack: string): string[] {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim().replace(framePlace, '$1$2'));
}

/** The frames that `placeOf` has taken from a stack. */
function redactFrames(frames: readonly unknown[]): string[] {
  return redactStack(frames.filter((frame) => typeof frame === 'string').map((frame) => `    ${frame}`).join('\n'));
}

/**
 * One line of the log as it may leave this computer: numbers and flags, the texts the program fixes, errors by kind, redacted
 * message and frames, and where errors without a message happened. Null for a line that is not one of ours.
 */
export function redactLogLine(line: string, homeDir: string): Record<string, unknown> | null {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isRecord(fields)) return null;
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (typeof value === 'number' || typeof value === 'boolean') kept[key] = value;
    else if (typeof value === 'string' && knownTexts.includes(key)) {
      kept[key] = isSafe(key, value) ? value : redactText(value, homeDir);
    } else if (key === 'at' && Array.isArray(value)) kept['at'] = redactFrames(value);
    else if (key === 'err' && isRecord(value)) kept['err'] = redactError(value, homeDir);
    else if (key === 'fault' && isRecord(value)) kept['fault'] = redactPlace(value, homeDir);
  }
  return kept;
}

function isSafe(key: string, value: string): boolean {
  return key === 'time' || key === 'route' || (key === 'requestId' && requestIdForm.test(value));
}

function redactError(error: Record<string, unknown>, homeDir: string): Record<string, unknown> {
  const { type, code, message, stack } = error;
  return {
    ...(typeof type === 'string' ? { type } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof message === 'string' ? { message: redactText(message, homeDir) } : {}),
    ...(typeof stack === 'string' ? { frames: redactStack(stack) } : {}),
  };
}

function redactPlace({ error, code, at }: Record<string, unknown>, homeDir: string): Record<string, unknown> {
  return {
    ...(typeof error === 'string' ? { error: redactText(error, homeDir) } : {}),
    ...(typeof code === 'string' ? { code: redactText(code, homeDir) } : {}),
    ...(Array.isArray(at) ? { at: redactFrames(at) } : {}),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
