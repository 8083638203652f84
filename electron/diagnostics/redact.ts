/** Text fields of a log line that the program itself fixes; any other text is left out. */
const knownTexts: readonly string[] = ['time', 'msg', 'method', 'route', 'reason', 'reqId', 'type', 'code', 'version', 'at'];

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

/**
 * One line of the log as it may leave this computer: numbers and flags, the texts the program fixes, and errors by
 * kind, redacted message and frames. Null for a line that is not one of ours.
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
      kept[key] = key === 'time' || key === 'route' ? value : redactText(value, homeDir);
    } else if (key === 'err' && isRecord(value)) kept['err'] = redactError(value, homeDir);
  }
  return kept;
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
