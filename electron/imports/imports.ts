import { createReadStream, existsSync } from 'node:fs';
import { parse } from 'node:path';
import { AppError, invalidField, toAppError } from '../../shared/errors.ts';
import type { Download } from '../../shared/operation.ts';
import { defaultMatch } from '../../shared/import-file.ts';
import type { ImportFormat, ImportReport, MatchKey, StagedFile } from '../../shared/operations/imports.ts';
import type { Caller } from '../../shared/permissions.ts';
import type { Mapping } from '../formats/import-record.ts';
import { chooseFormat } from './choose-format.ts';
import { checkMapping } from './csv-mapping.ts';
import type { Inspection } from './file-row.ts';
import type { ImportDeps } from './import-deps.ts';
import { runImport, type RunState } from './import-run.ts';
import { createJobStore, type StoredImport, type StoredReport } from './job-store.ts';
import { readPlannedRows } from './plan-file.ts';
import { createStaging } from './staging.ts';
import { createFileReader } from './worker-client.ts';

export interface ImportOptions {
  match?: MatchKey | undefined;
  mapping?: Readonly<Record<string, string | null>> | undefined;
  dryRun?: boolean | undefined;
}

/** Imports, from the file to the undo. One runs at a time; the others wait for their turn. */
export interface Imports {
  /** Takes a file in and looks at it. */
  stage(file: AsyncIterable<Uint8Array>, name: string, format: ImportFormat | undefined): Promise<StagedFile>;
  /** Takes a file in and begins to import it. */
  start(file: AsyncIterable<Uint8Array>, format: ImportFormat | undefined, options: ImportOptions, caller: Caller): Promise<ImportReport>;
  /** Begins to import a staged file. */
  run(id: string, options: ImportOptions, caller: Caller): Promise<ImportReport>;
  get(id: string, offset: number, limit: number): ImportReport;
  list(): ImportReport[];
  undo(id: string, caller: Caller): Promise<ImportReport>;
  cancel(id: string): Promise<ImportReport>;
  failures(id: string): Download;
  /** Stops what is running; it can be undone after the next start. */
  close(): Promise<void>;
}

interface Job {
  state: RunState;
  controller: AbortController;
  ended: Promise<void>;
}

const day = 86_400_000;
const progressEveryMs = 100;

/** Also ends what a crash interrupted, and removes files left behind. */
export function createImports(deps: ImportDeps): Imports {
  const { store, journal, undo, events, log, now, newId } = deps;
  const jobs = createJobStore(store);
  const staging = createStaging(deps.dataDir);
  const files = createFileReader(deps.workerUrl);
  const active = new Map<string, Job>();
  const undoing = new Set<string>();
  /** What the heads of CSV files were found to be, as long as the program runs. */
  const layouts = new Map<string, Inspection['csv']>();
  let turn = Promise.resolve();
  let closing = false;

  for (const { report, groupId } of jobs.running()) jobs.save({ ...report, ...ended('failed', 'interrupted') }, groupId);
  staging.sweep(Date.parse(now()));
  jobs.forgetDrafts(new Date(Date.parse(now()) - day).toISOString());

  function ended(status: 'done' | 'failed' | 'cancelled', message?: string): Pick<StoredReport, 'status' | 'finishedAt' | 'message'> {
    return { status, finishedAt: now(), ...(message === undefined ? {} : { message }) };
  }

  function stored(id: string): StoredImport {
    const found = jobs.find(id);
    if (!found) throw new AppError('notFound', 'The requested record was not found');
    return found;
  }

  /** A report as it stands now: undo and redo of the person's last step change it too. */
  function current({ report, groupId }: StoredImport): StoredReport {
    const running = active.get(report.id)?.state.report;
    if (running) return running;
    const inverse = groupId === null ? undefined : journal.lastInverseOf(groupId);
    if (!inverse || (report.status !== 'done' && report.status !== 'undone')) return report;
    const { kept, ...rest } = report;
    if (journal.lastInverseOf(inverse.id)) return { ...rest, status: 'done' };
    return { ...rest, status: 'undone', ...(kept ? { kept } : {}) };
  }

  function announce({ errors: _errors, warnings: _warnings, ...report }: StoredReport): void {
    events.publish({ type: 'import', report });
  }

  /** Announces the progress of a run, but not more often than a person can see. */
  function announcer(state: RunState): () => void {
    let last = -Infinity;
    return () => {
      if (performance.now() - last < progressEveryMs) return;
      last = performance.now();
      announce(state.report);
    };
  }

  /** Writes down how a run ended; what a person did can be undone from now on. */
  function settle({ report, group }: RunState, isOwner: boolean): void {
    store.transaction(() => {
      jobs.save(report, group?.id ?? null);
      if (report.status !== 'done' || !group || !isOwner) return;
      journal.forgetUndone();
      journal.setState(group, 'done');
    });
    if (!report.dryRun) {
      staging.remove(report.id);
      layouts.delete(report.id);
    }
    active.delete(report.id);
    announce(report);
  }

  async function perform({ state, controller }: Job, mapping: Mapping, isOwner: boolean): Promise<void> {
    const { signal } = controller;
    try {
      await runImport({ ...deps, jobs, staging, files }, state, { mapping, signal, onProgress: announcer(state) });
      state.report = { ...state.report, ...ended('done'), total: state.report.processed };
    } catch (error) {
      const outcome = outcomeOf(error, signal.aborted);
      if (!closing) await takeBack(state);
      state.report = { ...state.report, ...outcome };
    }
    settle(state, isOwner);
  }

  /** Half an import is of no use to anybody: what is stopped or broken leaves the book as it was. */
  async function takeBack(state: RunState): Promise<void> {
    if (!state.group) return;
    try {
      await undo.revert(state.group, 'import', 'aside', `Undid the import of ${state.report.name}`);
      state.group = undefined;
    } catch (error) {
      log.error({ err: error }, 'an import could not be taken back');
    }
  }

  function outcomeOf(error: unknown, aborted: boolean): ReturnType<typeof ended> {
    if (closing) return ended('failed', 'interrupted');
    if (aborted) return ended('cancelled');
    if (!(error instanceof AppError)) log.error({ err: error }, 'an import failed');
    return ended('failed', toAppError(error).message);
  }

  function launch(report: StoredReport, mapping: Mapping, caller: Caller): ImportReport {
    jobs.save(report, null);
    const job: Job = { state: { report, group: undefined }, controller: new AbortController(), ended: Promise.resolve() };
    active.set(report.id, job);
    job.ended = turn = turn
      .then(() => perform(job, mapping, caller.kind === 'owner'))
      .catch((error: unknown) => {
        active.delete(report.id);
        log.error({ err: error }, 'an import could not be ended');
      });
    return report;
  }

  /** The report of a file that was taken in, and the match and mapping that an import of it would have. */
  function prepare(id: string, name: string, format: ImportFormat, csv: Inspection['csv'], options: ImportOptions) {
    if (options.mapping && format !== 'csv') throw invalidField('mapping', 'is for CSV files only');
    const mapping = options.mapping ? checkMapping(options.mapping, csv?.columns ?? []) : {};
    const report: StoredReport = {
      id,
      name,
      format,
      status: 'staged',
      dryRun: options.dryRun ?? false,
      match: options.match ?? defaultMatch(format, Object.values({ ...csv?.mapping, ...mapping })),
      total: 0,
      processed: 0,
      counts: { create: 0, update: 0, skip: 0, error: 0 },
      startedAt: now(),
      finishedAt: null,
    };
    return { report, mapping };
  }

  async function takeIn(file: AsyncIterable<Uint8Array>, name: string | undefined, given: ImportFormat | undefined, options: ImportOptions) {
    const id = newId();
    const { path, size } = await staging.take(id, file);
    try {
      const { format: byContent, csv } = await files.inspect(path);
      const format = chooseFormat(given, name ?? '', byContent);
      const prepared = prepare(id, name ?? `contacts.${format}`, format, csv, options);
      jobs.add(prepared.report);
      layouts.set(id, csv);
      return { ...prepared, size, csv };
    } catch (error) {
      staging.remove(id);
      throw error;
    }
  }

  return {
    async stage(file, name, given) {
      const { report, size, csv } = await takeIn(file, name, given, {});
      const { id, format } = report;
      return { id, name, size, format, ...(format === 'csv' && csv ? { csv } : {}) };
    },

    async start(file, given, options, caller) {
      const { report, mapping } = await takeIn(file, undefined, given, options);
      return launch({ ...report, status: 'running' }, mapping, caller);
    },

    async run(id, options, caller) {
      const { report } = stored(id);
      if (active.has(id)) throw new AppError('conflict', 'The import is already running');
      const isFresh = report.status === 'staged' || report.dryRun;
      if (!isFresh || !staging.has(id)) throw new AppError('conflict', 'The file is no longer kept: choose it again');
      const csv = layouts.get(id) ?? (report.format === 'csv' ? (await files.inspect(staging.path(id))).csv : null);
      const prepared = prepare(id, report.name, report.format, csv, options);
      if (active.has(id)) throw new AppError('conflict', 'The import is already running');
      return launch({ ...prepared.report, status: 'running' }, prepared.mapping, caller);
    },

    get(id, offset, limit) {
      const report = current(stored(id));
      if (!report.dryRun || report.status !== 'done') return report;
      return { ...report, rows: readPlannedRows(staging.planPath(id), offset, limit) };
    },

    list: () =>
      jobs.list().map((found) => {
        const { errors: _errors, warnings: _warnings, ...report } = current(found);
        return report;
      }),

    async undo(id, caller) {
      const found = stored(id);
      const { report, groupId } = found;
      const refusal = active.has(id) || undoing.has(id) ? 'The import is not at its end yet' : notUndoable(current(found), groupId);
      if (refusal !== null) throw new AppError('conflict', refusal);
      const group = groupId === null ? undefined : journal.group(groupId);
      if (groupId !== null && !group) throw new AppError('gone', 'The import is too old to undo');
      undoing.add(id);
      try {
        if (group?.state === 'done') journal.setState(group, 'undone');
        const result = group && (await undo.revert(group, caller.actor, 'aside', `Undone: ${group.label}`));
        const undone: StoredReport = { ...report, status: 'undone', kept: result?.kept ?? [] };
        jobs.save(undone, groupId);
        announce(undone);
        return undone;
      } finally {
        undoing.delete(id);
      }
    },

    async cancel(id) {
      const job = active.get(id);
      if (!job) {
        stored(id);
        throw new AppError('conflict', 'The import is not running');
      }
      job.controller.abort();
      await job.ended;
      return current(stored(id));
    },

    failures(id) {
      const { report } = stored(id);
      if (active.has(id)) throw new AppError('conflict', 'The import is still running');
      const file = staging.failuresPath(id);
      if (!existsSync(file)) throw new AppError('notFound', 'The failed rows of this import are no longer kept');
      const fileName = `${parse(report.name).name} - failed rows.csv`;
      return { mediaType: 'text/csv; charset=utf-8', fileName, chunks: createReadStream(file) as AsyncIterable<Uint8Array> };
    },

    async close() {
      closing = true;
      for (const { controller } of active.values()) controller.abort();
      await turn;
      await files.close();
    },
  };
}

/** Why an import cannot be undone, or null. */
function notUndoable(report: StoredReport, groupId: string | null): string | null {
  if (report.dryRun || report.status === 'staged') return 'Nothing was imported: there is nothing to undo';
  if (report.status === 'undone') return 'The import was already undone';
  if (report.status === 'cancelled') return 'The import was cancelled: there is nothing to undo';
  if (report.status === 'failed' && groupId === null) return 'The import failed: there is nothing to undo';
  return null;
}
