import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError, toAppError } from '../../shared/errors.ts';
import { largestImport, largestImportWords } from '../../shared/import-file.ts';
import type { StagedFile } from '../../shared/operations/imports.ts';
import type { Caller } from '../../shared/permissions.ts';
import type { ShellAction } from '../../shared/shell.ts';
import type { Dispatch } from '../dispatch.ts';

/**
 * Takes a file that was opened with the program in, so that the import screen can show what is in it; nothing is
 * imported yet. What cannot be taken becomes words for the person.
 */
export async function stageFile(path: string, dispatch: Dispatch, caller: Caller): Promise<ShellAction> {
  const name = basename(path);
  try {
    const { size, isFile } = await describe(path);
    if (!isFile) throw new AppError('invalid', 'it is not a file');
    if (size === 0) throw new AppError('invalid', 'it is empty');
    if (size > largestImport) throw new AppError('tooLarge', `it is larger than ${largestImportWords}`);
    const input = { name: name.slice(-255) };
    return { type: 'import', file: (await dispatch('import.stage', input, caller, createReadStream(path))) as StagedFile };
  } catch (error) {
    return { type: 'problem', message: `“${name}” cannot be opened: ${toAppError(error).message}` };
  }
}

async function describe(path: string): Promise<{ size: number; isFile: boolean }> {
  try {
    const found = await stat(path);
    return { size: found.size, isFile: found.isFile() };
  } catch {
    throw new AppError('notFound', 'it is not there, or may not be read');
  }
}
