import { describe, expect, test } from 'vitest';
import type { HostEvent } from '../../../shared/events.ts';
import type { ImportReport, StagedFile } from '../../../shared/operations/imports.ts';
import type { Host } from '../../../renderer/host/host.ts';
import { createImportSession, fileRefusal } from '../../../renderer/import/import-session.ts';

const staged: StagedFile = { id: 'i1', name: 'phone.vcf', size: 10, format: 'vcf' };

function report(changes: Partial<ImportReport> = {}): ImportReport {
  return {
    id: 'i1', name: 'phone.vcf', format: 'vcf', status: 'running', dryRun: true, match: 'uid', total: 10, processed: 0,
    counts: { create: 0, update: 0, skip: 0, error: 0 }, startedAt: '', finishedAt: null, ...changes,
  };
}

/** A host whose answers are given by hand, one at a time. */
function hostByHand() {
  const asked: { name: string; answer: (value: unknown) => void }[] = [];
  let listener: (events: HostEvent[]) => void = () => undefined;
  const ask = (name: string) => new Promise((answer) => asked.push({ name, answer }));
  const host = {
    call: ask,
    upload: (name: string) => ask(name),
    subscribe: (added: typeof listener) => {
      listener = added;
      return () => undefined;
    },
  } as unknown as Host;
  return {
    host,
    say: (...events: HostEvent[]) => listener(events),
    answer: async (name: string, value: unknown): Promise<void> => {
      const index = asked.findIndex((each) => each.name === name);
      expect(index, `${name} was not asked for`).toBeGreaterThanOrEqual(0);
      asked.splice(index, 1)[0]?.answer(value);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

async function sessionWithPreview() {
  const world = hostByHand();
  const session = createImportSession(world.host);
  void session.choose(new File(['BEGIN:VCARD'], 'phone.vcf'));
  await world.answer('import.stage', staged);
  void session.preview();
  const status = () => {
    const state = session.store.getState();
    return state.step === 'report' ? `${state.report.status} ${state.report.processed}` : state.step;
  };
  return { ...world, session, status };
}

describe('an import on its way', () => {
  test('is shown finished although its end was announced before the answer to its start', async () => {
    const { say, answer, status } = await sessionWithPreview();
    say({ type: 'import', report: report({ status: 'done', processed: 10 }) });
    await answer('import.run', report());
    expect(status()).toBe('done 10');
  });

  test('never goes back when an older report comes late', async () => {
    const { say, answer, status } = await sessionWithPreview();
    await answer('import.run', report({ status: 'staged' }));
    say({ type: 'import', report: report({ processed: 7 }) });
    say({ type: 'import', report: report({ processed: 3 }) });
    expect(status()).toBe('running 7');
    say({ type: 'import', report: report({ status: 'done', processed: 10 }) });
    say({ type: 'import', report: report({ processed: 9 }) });
    expect(status()).toBe('done 10');
  });

  test('is read again after a break in the announcements', async () => {
    const { say, answer, status } = await sessionWithPreview();
    await answer('import.run', report());
    say({ type: 'bulk' });
    await answer('import.get', report({ status: 'done', processed: 10 }));
    expect(status()).toBe('done 10');
  });

  test('does not take the end of the preview for the end of the import', async () => {
    const { session, say, answer, status } = await sessionWithPreview();
    await answer('import.run', report({ status: 'done', processed: 10 }));
    void session.start();
    say({ type: 'import', report: report({ status: 'done', processed: 10 }) });
    await answer('import.run', report({ dryRun: false }));
    expect(status()).toBe('running 0');
    say({ type: 'import', report: report({ status: 'done', processed: 10 }) });
    expect(status()).toBe('running 0');
  });
});

describe('a chosen file', () => {
  test.each(['a.csv', 'a.TSV', 'contacts.txt', 'b.vcf', 'c.json', 'two.dots.csv'])('%s is taken', (name) => {
    expect(fileRefusal({ name, size: 1 })).toBeNull();
  });

  test.each([['a.xlsx', 1, /is not a CSV/], ['csv', 0, /is empty|is not a CSV/], ['a.csv', 65 * 1024 * 1024, /larger than 64 MB/]])(
    '%s of %d bytes is refused with the reason',
    (name, size, reason) => {
      expect(fileRefusal({ name, size })).toMatch(reason);
    },
  );
});
