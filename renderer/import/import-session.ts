import { createStore, type StoreApi } from 'zustand/vanilla';
import { toAppError } from '../../shared/errors.ts';
import type { HostEvent } from '../../shared/events.ts';
import { defaultMatch, importEndings, isImportName, largestImport, largestImportWords } from '../../shared/import-file.ts';
import type { ImportReport, MatchKey, StagedFile } from '../../shared/operations/imports.ts';
import type { Host } from '../host/host.ts';

export type Mapping = Readonly<Record<string, string | null>>;

/** Where a person is on the way from a file to its contacts in the book. */
export type ImportState =
  | { step: 'choose' }
  | { step: 'sending'; name: string; sent: number; size: number }
  | { step: 'options'; file: StagedFile; mapping: Mapping; match: MatchKey; isStarting: boolean }
  /** A preview (`report.dryRun`) or the import itself, running or finished. */
  | { step: 'report'; file: StagedFile; mapping: Mapping; match: MatchKey; report: ImportReport; isStarting: boolean };

export interface ImportSession {
  store: StoreApi<ImportState & { problem: string | null }>;
  choose: (file: File) => Promise<void>;
  /** Goes on with a file that the host has taken in already. */
  take: (staged: StagedFile) => void;
  mapColumn: (column: string, field: string | null) => void;
  setMatch: (match: MatchKey) => void;
  preview: () => Promise<void>;
  start: () => Promise<void>;
  cancel: () => Promise<void>;
  undo: () => Promise<void>;
  /** Back to the options, from a preview. */
  back: () => void;
  reset: () => void;
}

const sessions = new WeakMap<Host, ImportSession>();

/** The one import of this window: it stays as it is while the person looks at other pages. */
export function importSession(host: Host): ImportSession {
  const session = sessions.get(host) ?? createImportSession(host);
  sessions.set(host, session);
  return session;
}

/** Why a file cannot be read in, in plain language; null when it can be tried. */
export function fileRefusal(file: Pick<File, 'name' | 'size'>): string | null {
  if (!isImportName(file.name)) {
    return `“${file.name}” is not a CSV, vCard or JSON file (${importEndings.join(', ')}).`;
  }
  if (file.size === 0) return `“${file.name}” is empty.`;
  if (file.size > largestImport) return `“${file.name}” is larger than ${largestImportWords}. Split it into smaller files.`;
  return null;
}

export function createImportSession(host: Host): ImportSession {
  const store = createStore<ImportState & { problem: string | null }>()(() => ({ step: 'choose', problem: null }));
  const go = (state: ImportState, problem: string | null = null): void => store.setState({ ...state, problem }, true);
  const fail = (thrown: unknown): void => {
    const problem = toAppError(thrown).message;
    store.setState((state) => ({ ...state, problem, ...('isStarting' in state ? { isStarting: false } : {}) }), true);
  };

  async function run(dryRun: boolean): Promise<void> {
    const state = store.getState();
    if (state.step !== 'options' && state.step !== 'report') return;
    const { file, mapping, match } = state;
    store.setState({ ...state, isStarting: true, problem: null }, true);
    try {
      const input = file.csv ? { id: file.id, match, dryRun, mapping } : { id: file.id, match, dryRun };
      const report = await host.call('import.run', input);
      // The announcements may have been faster than the answer.
      const heard = early.get(report.id);
      const newest = heard?.dryRun === dryRun ? newer(heard, report) : report;
      go({ step: 'report', file, mapping, match, isStarting: false, report: newest });
    } catch (thrown) {
      fail(thrown);
    } finally {
      early.clear();
    }
  }

  const early = new Map<string, ImportReport>();
  function hear(event: HostEvent): void {
    const state = store.getState();
    if (event.type === 'bulk' && state.step === 'report' && !state.isStarting) void readAgain(state.report.id);
    if (event.type !== 'import') return;
    if ('isStarting' in state && state.isStarting) early.set(event.report.id, event.report);
    else take(event.report);
  }

  function take(report: ImportReport): void {
    const state = store.getState();
    if (state.step !== 'report' || state.report.id !== report.id || state.report.dryRun !== report.dryRun) return;
    store.setState({ ...state, report: newer(report, state.report) }, true);
  }

  /** After a break in the announcements. What cannot be read now is announced later. */
  async function readAgain(id: string): Promise<void> {
    const report = await host.call('import.get', { id, limit: 1 }).catch(() => null);
    if (report) take(report);
  }

  host.subscribe((events) => events.forEach(hear));

  async function change(name: 'import.cancel' | 'import.undo'): Promise<void> {
    const state = store.getState();
    if (state.step !== 'report') return;
    try {
      const report = await host.call(name, { id: state.report.id });
      const now = store.getState();
      if (now.step === 'report') store.setState({ ...now, report, problem: null }, true);
    } catch (thrown) {
      fail(thrown);
    }
  }

  function showOptions(staged: StagedFile): void {
    const mapping = staged.csv?.mapping ?? {};
    const match = defaultMatch(staged.format, Object.values(mapping));
    go({ step: 'options', file: staged, mapping, match, isStarting: false });
  }

  return {
    store,
    take: showOptions,
    async choose(file) {
      const refusal = fileRefusal(file);
      if (refusal !== null) return go({ step: 'choose' }, refusal);
      go({ step: 'sending', name: file.name, sent: 0, size: file.size });
      try {
        const staged = await host.upload('import.stage', { name: file.name }, file, (sent) =>
          store.setState((state) => (state.step === 'sending' ? { ...state, sent } : state), true),
        );
        return showOptions(staged);
      } catch (thrown) {
        return go({ step: 'choose' }, `“${file.name}” cannot be read: ${toAppError(thrown).message}`);
      }
    },
    mapColumn: (column, field) =>
      store.setState((state) => {
        if (state.step !== 'options') return state;
        return { ...state, mapping: { ...state.mapping, [column]: field } };
      }, true),
    setMatch: (match) => store.setState((state) => (state.step === 'options' ? { ...state, match } : state), true),
    preview: () => run(true),
    start: () => run(false),
    cancel: () => change('import.cancel'),
    undo: () => change('import.undo'),
    back: () => {
      const state = store.getState();
      if (state.step !== 'report') return;
      const { file, mapping, match } = state;
      go({ step: 'options', file, mapping, match, isStarting: false });
    },
    reset: () => go({ step: 'choose' }),
  };
}

/** Of two reports of the same run, the one that is further; of equals the first. */
function newer(a: ImportReport, b: ImportReport): ImportReport {
  const [stageOfA, stageOfB] = [stageOf(a), stageOf(b)];
  if (stageOfA !== stageOfB) return stageOfA > stageOfB ? a : b;
  return b.processed > a.processed ? b : a;
}

function stageOf({ status }: ImportReport): number {
  if (status === 'staged') return 0;
  return status === 'running' ? 1 : 2;
}
