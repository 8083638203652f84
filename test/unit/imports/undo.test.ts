import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openBook, owner, pieces, profileFolder, token, type TestBook } from './support.ts';

const list = (count: number, city = 'Berlin') =>
  ['Name,E-mail,City', ...Array.from({ length: count }, (_, index) => `Person ${index},p${index}@example.org,${city}`)].join('\n');

/** Starts an import and waits until some of it is written. */
async function begun(book: TestBook, file: string): Promise<string> {
  const { id } = await book.imports.stage(pieces(file), 'list.csv', undefined);
  await book.imports.run(id, {}, owner);
  while (book.counts.live() === 0) await new Promise((resolve) => setImmediate(resolve));
  return id;
}

describe('undoing an import', () => {
  it('sends the created contacts to the trash and gives the updated ones their former values', async () => {
    const book = openBook();
    const { id } = book.create({ scalars: { name: 'Ann', primaryEmail: 'p1@example.org' }, address: { city: 'Bonn' } });
    const report = await book.import(list(3));
    expect(report.counts).toEqual({ create: 2, update: 1, skip: 0, error: 0 });
    const undone = await book.imports.undo(report.id, owner);
    expect(undone).toMatchObject({ status: 'undone', kept: [] });
    expect(book.contacts().map(({ name, contact }) => [name, contact?.city])).toEqual([['Ann', 'Bonn']]);
    expect(book.counts.trashed()).toBe(2);
    expect(book.reader.find(id)?.rev).toBe(4);
  });

  it('leaves fields that were edited since, and lists them', async () => {
    const book = openBook();
    const { id } = book.create({ scalars: { name: 'Ann', primaryEmail: 'p0@example.org', notes: 'old' } });
    const report = await book.import('Name,E-mail,City,Notes\nAnn,p0@example.org,Berlin,new\n');
    book.edit(id, { scalars: { notes: 'mine' } });
    const { kept } = await book.imports.undo(report.id, owner);
    expect(kept).toEqual([{ contactId: id, name: 'Ann', field: 'notes' }]);
    expect(book.named('Ann')).toMatchObject({ notes: 'mine', contact: { city: null } });
  });

  it('is refused the second time, for a dry run, and while the import runs', async () => {
    const book = openBook();
    const report = await book.import(list(1));
    await book.imports.undo(report.id, owner);
    await expect(book.imports.undo(report.id, owner)).rejects.toMatchObject({ kind: 'conflict' });
    const preview = await book.import(list(1), { dryRun: true });
    await expect(book.imports.undo(preview.id, owner)).rejects.toMatchObject({ kind: 'conflict' });
    const running = await begun(book, list(2000));
    await expect(book.imports.undo(running, owner)).rejects.toMatchObject({ kind: 'conflict' });
    await book.imports.cancel(running);
  });

  it('is one step of the person: the last step undone takes back the whole import, and doing it again brings it back', async () => {
    const book = openBook();
    const report = await book.import(list(3));
    const group = book.journal.top('done');
    expect(group?.label).toBe('Imported contacts.csv');
    if (!group) return;
    book.journal.setState(group, 'undone');
    await book.undo.revert(group, 'ui', 'aside', 'Undid');
    expect(book.imports.get(report.id, 0, 1).status).toBe('undone');
    const inverse = book.journal.lastInverseOf(group.id);
    if (inverse) await book.undo.revert(inverse, 'ui', 'aside', 'Did again');
    expect(book.imports.get(report.id, 0, 1).status).toBe('done');
    expect(book.contacts()).toHaveLength(3);
  });

  it("of a program's import is no step of the person", async () => {
    const book = openBook();
    const report = await book.import(list(1), { caller: token });
    expect(book.journal.top('done')).toBeUndefined();
    expect((await book.imports.undo(report.id, token)).status).toBe('undone');
    expect(book.contacts()).toEqual([]);
  });
});

describe('an import that does not come to its end', () => {
  it('takes back what it did when it is cancelled', async () => {
    const book = openBook();
    const id = await begun(book, list(5000));
    const report = await book.imports.cancel(id);
    expect(report.status).toBe('cancelled');
    expect(report.processed).toBeLessThan(5000);
    expect(book.contacts()).toEqual([]);
    expect(book.journal.top('done')).toBeUndefined();
    await expect(book.imports.undo(id, owner)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(book.imports.cancel(id)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('takes back what it did when it breaks further on', async () => {
    const book = openBook();
    const run = book.writer.run.bind(book.writer);
    let slices = 0;
    book.writer.run = (step, work) => {
      slices += 1;
      if (slices === 3) throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
      return run(step, work);
    };
    const report = await book.import(list(1000));
    expect(report.status).toBe('failed');
    expect(report.message).toContain('disk is full');
    expect(report.processed).toBeGreaterThan(0);
    expect(book.contacts()).toEqual([]);
    await expect(book.imports.undo(report.id, owner)).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('is failed after the program was closed in the middle, and can be undone at the next start', async () => {
    const dir = profileFolder();
    const book = openBook(dir);
    const id = await begun(book, list(5000));
    await book.close();
    const later = openBook(dir);
    expect(later.imports.get(id, 0, 1)).toMatchObject({ status: 'failed', message: 'interrupted' });
    expect(later.counts.live()).toBeGreaterThan(0);
    expect((await later.imports.undo(id, owner)).status).toBe('undone');
    expect(later.counts.live()).toBe(0);
  });

  it('is failed after a crash in the middle, and can be undone at the next start', async () => {
    const dir = profileFolder();
    const script = new URL('import-and-hang.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, dir], { stdio: ['pipe', 'pipe', 'inherit'] });
    // Killed before it has read all of it.
    child.stdin.on('error', () => undefined);
    child.stdin.end(list(20_000));
    const [output] = (await once(child.stdout, 'data')) as [Buffer];
    child.kill('SIGKILL');
    await once(child, 'exit');
    const id = output.toString().split('\n')[0] ?? '';
    const book = openBook(dir);
    const written = book.counts.live();
    expect(written).toBeGreaterThan(0);
    expect(book.imports.get(id, 0, 1)).toMatchObject({ status: 'failed', message: 'interrupted', processed: written });
    expect((await book.imports.undo(id, owner)).status).toBe('undone');
    expect(book.counts.live()).toBe(0);
  });
});
