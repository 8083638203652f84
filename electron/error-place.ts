/** Where an error happened, as the log has it. */
export interface ErrorPlace {
  /** Its kind. */
  error: string;
  code?: string;
  /** The frames of its stack. */
  at: string[];
}

/** Where an error happened, without its message: that may hold somebody's data. */
export function placeOf(error: unknown): ErrorPlace {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const at = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')).map((line) => line.trim());
  return { error: error.name, ...('code' in error && { code: String(error.code) }), at };
}
