import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readControl } from '../../../electron/control-file.ts';
import { openTestBook, temporaryFolder } from '../support/book.ts';
import { startHeadless } from '../support/headless.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const kills = 50;
const writers = 6;
const mostAnswers = 24;

test('kill -9 at any moment loses nothing that was acknowledged', { timeout: 600_000 }, async () => {
  /** What each contact must hold at least: the last acknowledged notes; a later one may or may not have arrived. */
  const acknowledged = new Map<string, number>();
  const sent = new Map<string, number>();

  for (let round = 0; round < kills; round += 1) {
    const host = await startHeadless(folder.path);
    // After some answers, in the middle of what the other writers wait for: the machine's speed has no part in it.
    let answersLeft = 1 + Math.floor(Math.random() * mostAnswers);
    const token = readControl(folder.path)?.token ?? '';
    const writing = Array.from({ length: writers }, async () => {
      const id = randomUUID();
      for (let step = 0; ; step += 1) {
        sent.set(id, step);
        const body = step === 0 ? { id, name: `Round ${round}`, notes: '0', contact: { city: 'Ulm' } } : { notes: String(step) };
        const answer = await fetch(`${host.url}/api/organization-contact${step === 0 ? '' : `/${id}`}`, {
          method: step === 0 ? 'POST' : 'PUT',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        if (!answer.ok) throw new Error(`refused with ${answer.status}`);
        await answer.json();
        acknowledged.set(id, step);
        answersLeft -= 1;
        if (answersLeft === 0) host.process.kill('SIGKILL');
      }
    });
    const ends = await Promise.allSettled(writing);
    for (const end of ends) expect(String(end.status === 'rejected' && end.reason)).not.toContain('refused');
    await host.exited;
  }

  const book = openTestBook({ dataDir: folder.path });
  expect(book.store.db.pragma('quick_check', { simple: true })).toBe('ok');
  expect(acknowledged.size).toBeGreaterThanOrEqual(kills);
  for (const [id, step] of acknowledged) {
    const record = book.reader.find(id);
    expect(Number(record?.notes)).toBeGreaterThanOrEqual(step);
    expect(Number(record?.notes)).toBeLessThanOrEqual(sent.get(id) ?? -1);
    // Row, revision, journal and search index are of one piece.
    expect(record?.rev).toBe(Number(record?.notes) + 1);
    expect(book.journal.history(id, 1000).total).toBe(record?.rev);
    expect(book.store.db.prepare('select count(*) from contact_search where rowid = ?').pluck().get(record?.no)).toBe(1);
  }
  const rows = book.store.db.prepare('select count(*) from contact').pluck().get();
  expect(book.counts.live()).toBe(rows);
  book.close();
});
