import type { HostInfo, Settings } from '../../shared/operations/book.ts';
import { redactLogLine, redactText } from './redact.ts';

export interface DiagnosticsFacts {
  createdAt: string;
  /** Of Fieldbook and of what it runs on, by name. */
  versions: Readonly<Record<string, string>>;
  settings: Settings;
  info: HostInfo;
  /** Sizes in bytes, by name; null where one could not be read. */
  sizes: Readonly<Record<string, number | null>>;
  /** The last lines of the log, oldest first. */
  logLines: readonly string[];
  homeDir: string;
}

/**
 * The diagnostics file, as JSON a person can read before sending it: versions, settings, counts, the last lines of the
 * log. No contact, no token and no name of this computer's user is in it (`redact.ts`).
 */
export function buildDiagnostics(facts: DiagnosticsFacts): string {
  const { info, settings, homeDir } = facts;
  const log = facts.logLines.map((line) => redactLogLine(line, homeDir)).filter((line) => line !== null);
  const bundle = {
    about: 'Diagnostics of Fieldbook. It holds no contacts, no tokens and no passwords; read it before you send it.',
    createdAt: facts.createdAt,
    versions: facts.versions,
    settings: {
      apiEnabled: settings.apiEnabled, apiPort: settings.apiPort, theme: settings.theme, phoneRegion: settings.phoneRegion,
    },
    state: {
      safeMode: info.safeMode,
      apiListens: info.apiUrl !== null,
      apiProblem: info.apiError === null ? null : redactText(info.apiError, homeDir),
      dataDir: redactText(info.dataDir, homeDir),
    },
    counts: { contacts: info.contacts, trashed: info.trashed },
    sizes: facts.sizes,
    log,
  };
  return `${JSON.stringify(bundle, null, 2)}\n`;
}
