import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assign, blankRecord } from '../../electron/contacts/new-record.ts';
import { derivedColumns } from '../../electron/contacts/record.ts';
import { searchTokens } from '../../electron/contacts/search-tokens.ts';
import { generateContacts } from '../../electron/seed/generate-contacts.ts';

const root = join(import.meta.dirname, '../..');

/**
 * A profile with so many sample contacts, made once and kept in node_modules/.cache as long as it would come out alike.
 * A million takes minutes the first time. Open it through `copyProfile` when it will be written to.
 */
export async function seededProfile(contacts: number): Promise<string> {
  const cache = join(root, 'node_modules/.cache/fieldbook-bench', fingerprint());
  const folder = join(cache, `contacts-${contacts}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(`${folder}.`);
  process.stderr.write(`Making a profile of ${contacts} contacts once, in ${cache}\n`);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'seed-profile.ts'), unfinished, String(contacts)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const status = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`the profile of ${contacts} contacts could not be made`);
  }
  renameSync(unfinished, folder);
  return folder;
}

/** A throw-away copy of a profile; `remove` deletes it. */
export async function copyProfile(contacts: number): Promise<{ dataDir: string; remove: () => void }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fieldbook-bench-'));
  cpSync(await seededProfile(contacts), dataDir, { recursive: true });
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** A folder for an empty profile. */
export function emptyProfile(): { dataDir: string; remove: () => void } {
  const dataDir = mkdtempSync(join(tmpdir(), 'fieldbook-bench-'));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** Changes with the tables, with the samples and with what is derived from a contact: then profiles are made anew. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of globSync('drizzle/*.sql', { cwd: root }).sort()) hash.update(readFileSync(join(root, file)));
  const none = { tags: [], members: [], projects: [] };
  for (const { id, edits } of generateContacts(200, 1, none)) {
    const record = blankRecord(id, id, '');
    assign(record, edits);
    Object.assign(record, derivedColumns(record, edits.extra ?? null, 'DE'));
    hash.update(JSON.stringify([record, searchTokens(record, edits.extra ?? null, none, 'DE')]));
  }
  return hash.digest('hex').slice(0, 16);
}
