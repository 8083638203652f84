import type { Settings } from '../../shared/operations/book.ts';
import type { Log } from '../log.ts';
import type { HttpServer } from './server.ts';

type Wanted = Pick<Settings, 'apiEnabled' | 'apiPort'>;

export interface ApiSwitchDeps {
  server: HttpServer;
  settings: () => Wanted;
  /** Instead of the port in the settings. */
  port: number | undefined;
  /** Windows come over HTTP: the server listens whatever the settings say, and stays at its port until the next start. */
  windowsOverHttp: boolean;
  safeMode: boolean;
  /** Writes down where the API is, for this person's commands. */
  note: (url: string | null) => void;
  log: Pick<Log, 'warn'>;
}

/** Turns the API on and off as settings and safe mode say. */
export interface ApiSwitch {
  /** Where the API listens, or why it does not. */
  address(): { url: string | null; error: string | null };
  isSafe(): boolean;
  /** Whether programs are served, rather than windows only. */
  servesPrograms(): boolean;
  /** Listens, moves or stops. Throws when the port is taken, and then nothing changes. */
  apply(wanted: Wanted): Promise<void>;
  /** The first time: a port that is taken keeps nobody from the book. */
  start(): Promise<void>;
  /** Off until the next start, whatever the settings say. */
  enterSafeMode(): Promise<void>;
}

export function createApiSwitch(deps: ApiSwitchDeps): ApiSwitch {
  const { server, settings, port: fixedPort, windowsOverHttp, safeMode, note, log } = deps;
  let listening: { url: string; port: number } | null = null;
  let problem: string | null = null;
  let isSafe = safeMode;

  /** The API itself does not depend on whether commands find it. */
  function noteAddress(): void {
    try {
      note(listening?.url ?? null);
    } catch (error) {
      log.warn({ err: error }, 'commands cannot be told where the API is');
    }
  }

  async function apply({ apiEnabled, apiPort }: Wanted): Promise<void> {
    const port = fixedPort ?? apiPort;
    const mayMove = fixedPort === undefined && !windowsOverHttp;
    if (!windowsOverHttp && (isSafe || !apiEnabled)) {
      listening = null;
      problem = isSafe ? 'Fieldbook is in safe mode. Restart it to turn the API on again.' : null;
      // Not awaited: the window that asked may itself be on a connection of this server.
      void server.close();
    } else if (!listening || (mayMove && listening.port !== port)) {
      listening = await server.listen(port);
      problem = null;
    }
    noteAddress();
  }

  return {
    address: () => ({ url: listening?.url ?? null, error: problem }),
    isSafe: () => isSafe,
    servesPrograms: () => !isSafe && settings().apiEnabled,
    apply,
    async start() {
      try {
        await apply(settings());
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
        noteAddress();
        log.warn({ reason: problem }, 'the API is not listening');
      }
    },
    async enterSafeMode() {
      isSafe = true;
      await apply(settings());
    },
  };
}
