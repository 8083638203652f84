import type { MessageBoxOptions, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { recorded } from './recording.ts';

// Each function takes (options) or (window, options), as in Electron.
function lastOf<Options>(args: unknown[]): Options {
  return args.at(-1) as Options;
}

// Esc answers with cancelId; without one Electron looks for a button "Cancel" or "No", and takes the first at last.
function dismissedResponse({ cancelId, buttons = [] }: MessageBoxOptions): number {
  const negative = buttons.findIndex((label) => /^&?(cancel|no)$/i.test(label));
  return cancelId ?? Math.max(negative, 0);
}

/** Electron's dialog: each dialog is recorded and dismissed at once. Tests replace a function to answer otherwise. */
export const dialog = {
  async showOpenDialog(...args: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    recorded.dialogs.push({ kind: 'open', options: lastOf<OpenDialogOptions>(args) });
    return { canceled: true, filePaths: [] };
  },
  async showSaveDialog(...args: unknown[]): Promise<{ canceled: boolean; filePath: string }> {
    recorded.dialogs.push({ kind: 'save', options: lastOf<SaveDialogOptions>(args) });
    return { canceled: true, filePath: '' };
  },
  async showMessageBox(...args: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> {
    return { response: dialog.showMessageBoxSync(...args), checkboxChecked: false };
  },
  showMessageBoxSync(...args: unknown[]): number {
    const options = lastOf<MessageBoxOptions>(args);
    recorded.dialogs.push({ kind: 'message', options });
    return dismissedResponse(options);
  },
  showErrorBox(title: string, content: string): void {
    recorded.dialogs.push({ kind: 'error', options: { title, content } });
    process.stderr.write(`${title}: ${content}\n`);
  },
};
