import type { App, WebContents } from 'electron';
import type { AfterCrash } from './crash.ts';
import type { Trouble } from './diagnostics.ts';

export interface CrashDeps {
  app: App;
  /** Whether a page is one of ours to bring back. */
  isOurs: (contents: WebContents) => boolean;
  /** What follows a crash (`crash.ts`). */
  decide: () => AfterCrash;
  log: (details: Record<string, unknown>, message: string) => void;
  enterSafeMode: () => Promise<void>;
  /** Tells the person; answers with the number of their answer. */
  tell: (trouble: Trouble) => Promise<number>;
  restart: () => void;
}

export const safeModeTrouble: Trouble = {
  message: 'Fieldbook is in safe mode',
  detail:
    'It stopped working several times in a row. Your contacts are all here, and what you were typing was kept. '
    + 'The local API and sync are off until Fieldbook is started again.',
  answers: ['Continue in safe mode', 'Restart Fieldbook'],
};

const lostWindow: Trouble = {
  message: 'The window keeps crashing',
  detail: 'Your contacts are safe. A diagnostics file helps to find out why; it holds no contacts.',
  answers: ['Try again', 'Restart Fieldbook'],
};

/** Brings crashed windows back: at once at first, in safe mode when that does not help, and then only when asked to. */
export function handleCrashes(deps: CrashDeps): void {
  const { app, isOurs, decide, log, enterSafeMode, tell, restart } = deps;

  async function recover(contents: WebContents): Promise<void> {
    const next = decide();
    switch (next.do) {
      case 'reload':
        setTimeout(() => reload(contents), next.afterMs);
        break;
      case 'safeMode':
        await enterSafeMode().catch((error: unknown) => log({ err: error }, 'safe mode could not be entered'));
        reload(contents);
        if ((await tell(safeModeTrouble)) === 1) restart();
        break;
      case 'ask':
        if ((await tell(lostWindow)) === 1) restart();
        else reload(contents);
        break;
    }
  }

  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    if (!isOurs(contents) || reason === 'clean-exit') return;
    log({ reason, exitCode }, 'a window crashed');
    void recover(contents);
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log({ type, reason, exitCode }, 'a helper process ended');
  });
}

function reload(contents: WebContents): void {
  if (!contents.isDestroyed()) contents.reload();
}
