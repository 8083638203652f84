/** Where an error happened, without its message: that may hold somebody's data. */
export function placeOf(error: unknown): { error: string; code?: string; at: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const at = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')).map((line) => line.trim());
  return { error: error.name, ...('code' in error && { code: String(error.code) }), at };
}
