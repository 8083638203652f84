import Database from 'better-sqlite3';
import { join } from 'node:path';
import { createRandom } from '../../electron/seed/random.ts';
import { words } from '../../electron/contacts/search-tokens.ts';
import { openHost } from './open-host.ts';

/*
 * Times the operation contact.search in a profile, for beginnings of the words of its contacts: `node search-times.ts DIR`
 * prints milliseconds by length of the beginning as JSON.
 */

export const prefixLengths = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export type SearchTimes = Partial<Record<number, number[]>>;

const beginningsEach = 150;
const rounds = 3;

if (import.meta.main) {
  const [dataDir = ''] = process.argv.slice(2);
  const vocabulary = wordsOf(dataDir);
  const { call, close } = await openHost(dataDir);
  const times: SearchTimes = {};
  for (let round = 0; round <= rounds; round += 1) {
    for (const length of prefixLengths) {
      for (const beginning of beginnings(vocabulary, length)) {
        const begun = performance.now();
        await call('contact.search', { q: beginning });
        const took = performance.now() - begun;
        if (round > 0) (times[length] ??= []).push(took); // the first round only warms
      }
    }
  }
  await close();
  process.stdout.write(JSON.stringify(times));
}

/** The words of names, places, e-mail addresses, phones and notes of contacts spread over the whole book. */
function wordsOf(dataDir: string): string[] {
  const db = new Database(join(dataDir, 'fieldbook.db'), { readonly: true });
  const last = db.prepare('select max(no) from contact').pluck().get() as number;
  const read = db.prepare('select name, city, primary_email, primary_phone, notes from contact where no = ?').raw();
  const random = createRandom(1, 'words');
  const found: string[] = [];
  for (let index = 0; index < 2000; index += 1) {
    const cells = (read.get(1 + random.below(last)) ?? []) as (string | null)[];
    for (const cell of cells) if (cell !== null) found.push(...words(cell));
  }
  db.close();
  return found;
}

/** Different beginnings of a length, as often as they come up among the words. */
function beginnings(vocabulary: readonly string[], length: number): string[] {
  const random = createRandom(length, 'beginnings');
  const long = vocabulary.filter((word) => Array.from(word).length >= length);
  const chosen = new Set<string>();
  for (let tries = 0; tries < 5000 && chosen.size < beginningsEach; tries += 1) {
    chosen.add(Array.from(random.pick(long)).slice(0, length).join(''));
  }
  return [...chosen];
}
