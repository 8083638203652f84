import { AppError, toAppError } from '../../shared/errors.ts';

/** What went wrong, for a person at a terminal: in words of ours also where Node or the system says it in theirs. */
export function inPlainWords(error: unknown): string {
  if (error instanceof AppError && error.issues.length > 0) return error.issues.map(({ message }) => message).join('\n');
  if (error instanceof AppError || !(error instanceof Error)) return error instanceof AppError ? error.message : String(error);
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const file = dest ?? path;
  const told = file === undefined ? undefined : aboutFile(code, file);
  if (told !== undefined) return told;
  const known = toAppError(error);
  return known.kind === 'internal' ? error.message : known.message;
}

function aboutFile(code: string | undefined, file: string): string | undefined {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `There is no file or folder ${file}`;
    case 'EISDIR':
      return `${file} is a folder, not a file`;
    case 'EACCES':
    case 'EPERM':
      return `Fieldbook has no permission for ${file}`;
    case 'EROFS':
      return `${file} is on a disk that can only be read`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk of ${file} is full`;
    default:
      return undefined;
  }
}

/** A text from elsewhere as it can be shown: a terminal obeys control characters, and a line break would make two lines of it. */
export function visible(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
