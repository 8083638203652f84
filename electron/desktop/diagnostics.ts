import { dialog } from 'electron';

/** Something a person must hear of, and what they may answer; the first is what Esc answers. */
export interface Trouble {
  message: string;
  detail: string;
  answers: readonly [string, ...string[]];
}

/** Tells of a trouble and offers a diagnostics file beside the answers. Resolves with the number of the answer. */
export async function tellTrouble({ message, detail, answers }: Trouble, saveDiagnostics: () => Promise<unknown>): Promise<number> {
  const buttons = [...answers, 'Save Diagnostics…'];
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'warning', title: 'Fieldbook', message, detail, buttons, defaultId: 0, cancelId: 0, noLink: true,
    });
    if (response < answers.length) return response;
    await saveDiagnostics().catch((error: unknown) => {
      dialog.showErrorBox('The diagnostics file could not be saved', error instanceof Error ? error.message : String(error));
    });
  }
}
