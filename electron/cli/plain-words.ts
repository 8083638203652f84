import { AppError, toAppError } from '../../shared/errors.ts';

/** What went wrong, for a person at a terminal: in words of ours also where Node or the system says it in theirs. */
export function inPlainWords(error: unknown): string {
  if (error instanceof AppError && error.issues.length > 0) return error.issues.map(({ message }) => message).join('\n');
  if (error instanceof AppError || !(error instanceof Error)) return error instanceof AppError ? error.message : String(error);
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const file = dest ?? path;
  const told = file === undefined ? undefined : aboutFiles[code ?? '']?.(file);
  if (told !== undefined) return told;
  const known = toAppError(error);
  return known.kind === 'internal' ? error.message : known.message;
}

/** What Node's codes say of a file. */
const aboutFiles: Readonly<Record<string, (file: string) => string>> = {
  ENOENT: (file) => `There is no file or folder ${file}`,
  ENOTDIR: (file) => `There is no file or folder ${file}`,
  EISDIR: (file) => `${file} is a folder, not a file`,
  EACCES: (file) => `Fieldbook has no permission for ${file}`,
  EPERM: (file) => `Fieldbook has no permission for ${file}`,
  EROFS: (file) => `${file} is on a disk that can only be read`,
  ENOSPC: (file) => `The disk of ${file} is full`,
  EDQUOT: (file) => `The disk of ${file} is full`,
};

/** A text from elsewhere as it can be shown: a terminal obeys control characters, and a line break would make two lines of it. */
export function visible(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
