import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, invalidField } from '../../shared/errors.ts';
import { largestImport, largestImportWords } from '../../shared/import-file.ts';

const day = 86_400_000;
const failuresKeptDays = 30;

/** The files of imports, in `imports/` of the profile: what came in, what a dry run found, the rows that failed. */
export interface Staging {
  /** Takes a file in. Throws `tooLarge` beyond `largestImport` and 400 for an empty one; then nothing is left of it. */
  take(id: string, file: AsyncIterable<Uint8Array>): Promise<{ path: string; size: number }>;
  has(id: string): boolean;
  path(id: string): string;
  planPath(id: string): string;
  failuresPath(id: string): string;
  /** Removes the file and the plan of an import; its failed rows stay. */
  remove(id: string): void;
  /** Removes what was left behind: files after a day, failed rows after 30. */
  sweep(now: number): void;
}

export function createStaging(dataDir: string): Staging {
  const dir = join(dataDir, 'imports');
  const path = (id: string) => join(dir, id);
  const planPath = (id: string) => join(dir, `${id}.plan`);
  const drop = (file: string) => rmSync(file, { force: true });
  return {
    path,
    planPath,
    failuresPath: (id) => join(dir, `${id}.failed.csv`),
    has: (id) => existsSync(path(id)),
    async take(id, file) {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      try {
        const size = await write(path(id), file);
        if (size === 0) throw invalidField('file', 'is empty');
        return { path: path(id), size };
      } catch (error) {
        drop(path(id));
        throw error;
      }
    },
    remove(id) {
      drop(path(id));
      drop(planPath(id));
    },
    sweep(now) {
      if (!existsSync(dir)) return;
      for (const name of readdirSync(dir)) {
        const keptDays = name.endsWith('.failed.csv') ? failuresKeptDays : 1;
        if (now - statSync(join(dir, name)).mtimeMs > keptDays * day) drop(join(dir, name));
      }
    },
  };
}

async function write(path: string, file: AsyncIterable<Uint8Array>): Promise<number> {
  const handle = await open(path, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of file) {
      size += chunk.byteLength;
      if (size > largestImport) throw new AppError('tooLarge', `The file is larger than ${largestImportWords}`);
      await handle.write(chunk);
    }
  } finally {
    await handle.close();
  }
  return size;
}
