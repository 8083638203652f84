import type { ImportError, ImportRow } from '../../shared/operations/imports.ts';
import type { Step } from '../contacts/writer.ts';
import type { Mapping } from '../formats/import-record.ts';
import { createDryBook } from './dry-book.ts';
import type { Failure, FileRow } from './file-row.ts';
import type { ImportDeps } from './import-deps.ts';
import type { JobStore, StoredReport } from './job-store.ts';
import { createLiveBook } from './live-book.ts';
import { createNameBook } from './name-book.ts';
import { openPlanFile } from './plan-file.ts';
import { planRow, type Plan, type Planning } from './plan-row.ts';
import type { Staging } from './staging.ts';
import { createStoredContacts } from './stored-contacts.ts';
import type { Book } from './target.ts';
import type { FileReader } from './worker-client.ts';

export interface RunDeps extends ImportDeps {
  jobs: JobStore;
  staging: Staging;
  files: FileReader;
}

/** What is on disk of a run: its report, and the group of its changes in a real one. */
export interface RunState {
  report: StoredReport;
  group: Step['group'];
}

/** Errors beyond this are counted; all are in the file of failed rows. Of warnings the first are told. */
const maxErrors = 1000;

/**
 * Reads the file and does, or in a dry run plans, what each row asks for: in slices, so that the main thread is free in
 * between. `state` is brought up to date, and `onProgress` called, after every slice. Throws what makes the whole file
 * unreadable, and the signal's reason when it is aborted.
 */
export async function runImport(
  deps: RunDeps,
  state: RunState,
  options: { mapping: Mapping; signal: AbortSignal; onProgress: () => void },
): Promise<void> {
  const { staging, slices, region, files } = deps;
  const { mapping, signal, onProgress } = options;
  const { id, format, dryRun } = state.report;
  const performer = dryRun ? dryPerformer(deps, state) : livePerformer(deps, state);
  const task = { file: staging.path(id), format, mapping, region: region(), failuresFile: staging.failuresPath(id) };
  try {
    await files.read(task, signal, async ({ rows, share }) => {
      const failures: Failure[] = [];
      await slices.each(
        rows,
        (part) => {
          for (const { row, plan } of performer.slice(part(), share)) {
            if (plan.action === 'error') failures.push({ row, reason: plan.errors.map(({ message }) => message).join(' ') });
          }
          onProgress();
        },
        signal,
      );
      return failures;
    });
  } finally {
    performer.close();
  }
}

interface Outcome {
  row: number;
  plan: Plan;
}

interface Performer {
  /** Works on some rows, all of them or none, and brings the state up to date. */
  slice(rows: Iterable<FileRow>, share: number): Outcome[];
  close(): void;
}

/** Writes the contacts, in one transaction a slice together with the report and the group that undo needs. */
function livePerformer(deps: RunDeps, state: RunState): Performer {
  const { store, writer, lists, events, jobs, region } = deps;
  const { name, match } = state.report;
  const preparedFor = region();
  const names = createNameBook(lists);
  const contacts = createStoredContacts(store);
  const touched = new Map<string, number>();
  let newTags = false;
  const onNewTag = () => {
    newTags = true;
  };

  function write(rows: Iterable<FileRow>, share: number): { outcomes: Outcome[]; report: StoredReport; group: Step['group'] } {
    const step: Step = { actor: 'import', label: `Imported ${name}`, state: 'aside', sliced: true, group: state.group };
    return writer.run(step, (edit) => {
      const book = createLiveBook({ ...deps, names, contacts, onNewTag }, edit);
      const isPrepared = region() === preparedFor;
      const outcomes = Array.from(rows, (row) =>
        performRow({ book, names, match, touched }, isPrepared ? row : { ...row, prepared: null }),
      );
      const report = advanced(state.report, outcomes, share);
      const group = edit.group();
      jobs.save({ ...report, errors: [], warnings: [] }, group?.id ?? null);
      return { outcomes, report, group };
    });
  }

  return {
    slice(rows, share) {
      try {
        const { outcomes, report, group } = write(rows, share);
        state.report = report;
        state.group = group;
        return outcomes;
      } catch (error) {
        lists.refresh();
        throw error;
      } finally {
        if (newTags) events.publish({ type: 'lists' });
        newTags = false;
      }
    },
    close: () => undefined,
  };
}

/** Writes nothing but the plan: what it would do with each row. */
function dryPerformer(deps: RunDeps, state: RunState): Performer {
  const { store, lists, reader, images, staging, region, newId } = deps;
  const { id, match } = state.report;
  const names = createNameBook(lists);
  const plan = openPlanFile(staging.planPath(id));
  const book = createDryBook({
    contacts: createStoredContacts(store),
    images,
    names,
    plan,
    region: region(),
    idsOf: ({ no }, set) => (reader.links(set, [no]).get(no) ?? []).flatMap((other) => lists[set].byNo(other)?.id ?? []),
    newId,
  });
  const touched = new Map<string, number>();
  return {
    slice(rows, share) {
      const outcomes = Array.from(rows, (row) => {
        const outcome = performRow({ book, names, match, touched }, row);
        plan.addRow(plannedRow(row, outcome.plan));
        return outcome;
      });
      state.report = advanced(state.report, outcomes, share);
      return outcomes;
    },
    close: () => plan.close(),
  };
}

/** Plans a row and does what was planned, in the book or in the plan. */
function performRow(planning: Planning, row: FileRow): Outcome {
  const { book, touched } = planning;
  const plan = planRow(planning, row);
  const id = carryOut(book, plan);
  if (id !== undefined && !touched.has(id)) touched.set(id, row.row);
  return { row: row.row, plan };
}

function carryOut(book: Book, plan: Plan): string | undefined {
  switch (plan.action) {
    case 'create':
      return book.create(plan.planned, plan.id);
    case 'update':
      book.update(plan.target, plan.planned);
      return plan.target.record.id;
    case 'skip':
      return plan.target.record.id;
    case 'error':
      return undefined;
  }
}

/** A row of the preview. Its contact is named where there is one already. */
function plannedRow({ row, values }: FileRow, plan: Plan): ImportRow {
  const common = { row, action: plan.action, name: values.name ?? null };
  switch (plan.action) {
    case 'create':
      return { ...common, ...knownBy(values), ...noted(plan.warnings) };
    case 'update':
      return { ...common, ...contactOf(plan.target), changes: plan.changes, ...noted([...plan.notes, ...plan.warnings]) };
    case 'skip':
      return { ...common, ...contactOf(plan.target), reason: plan.reason };
    case 'error':
      return { ...common, reason: plan.errors.map(({ message }) => message).join(' ') };
  }
}

const knownFields = ['primaryEmail', 'primaryPhone', 'city'] as const;

function knownBy(values: FileRow['values']): { values?: Record<string, string> } {
  const known = knownFields.flatMap((field) => (typeof values[field] === 'string' ? [[field, values[field]] as const] : []));
  return known.length > 0 ? { values: Object.fromEntries(known) } : {};
}

function noted(warnings: readonly string[]): { reason?: string } {
  return warnings.length > 0 ? { reason: warnings.join(' ') } : {};
}

function contactOf({ record }: { record: { no: number; id: string } }): { contactId?: string } {
  return record.no === 0 ? {} : { contactId: record.id };
}

/** The report with more rows done. While the file is being read, `total` is estimated from the share read so far. */
function advanced(report: StoredReport, outcomes: readonly Outcome[], share: number): StoredReport {
  const counts = { ...report.counts };
  const errors: ImportError[] = [...(report.errors ?? [])];
  const warnings: NonNullable<StoredReport['warnings']> = [...(report.warnings ?? [])];
  for (const { row, plan } of outcomes) {
    if ('warnings' in plan && warnings.length < maxErrors) warnings.push(...plan.warnings.map((message) => ({ row, message })));
    counts[plan.action] += 1;
    if (plan.action === 'error') errors.push(...plan.errors.slice(0, Math.max(0, maxErrors - errors.length)));
  }
  const processed = report.processed + outcomes.length;
  return { ...report, counts, errors, ...(warnings.length > 0 ? { warnings } : {}), processed, total: Math.max(processed, Math.round(processed / Math.max(share, 0.01))) };
}
