import { BrowserWindow, Menu, type IpcMainInvokeEvent } from 'electron';
import { AppError } from '../../shared/errors.ts';
import { shellRequest, type ShellAnswers, type ShellMenuItem, type ShellRequestKind } from '../../shared/shell.ts';
import { pageMenuTemplate } from './context-menu.ts';
import type { DragOut } from './drag-out.ts';
import { printPage, savePdf } from './print.ts';
import type { BookWindows } from './windows.ts';

export interface ShellRequestDeps {
  windows: BookWindows;
  dragOut: DragOut;
  /** The two letters of the country whose paper is used. */
  country: () => string;
}

/** A click may be told only after its menu has closed: how long it is waited for, in milliseconds. */
const clickMs = 200;

/** Answers what a page asks of its shell. Throws AppError `invalid` for what is no request of shared/shell.ts. */
export function createShellRequests(deps: ShellRequestDeps) {
  const { windows, dragOut, country } = deps;

  return async ({ sender }: Pick<IpcMainInvokeEvent, 'sender'>, input: unknown): Promise<ShellAnswers[ShellRequestKind]> => {
    const { success, data: request } = shellRequest.safeParse(input);
    if (!success) throw new AppError('invalid', 'The desktop cannot do that');
    const window = BrowserWindow.fromWebContents(sender);
    switch (request.kind) {
      case 'ready':
        windows.listens(sender);
        return null;
      case 'menu':
        return showMenu(window, request.items);
      case 'drag':
        await dragOut.start(sender, request.ids);
        return null;
      case 'print':
        return printPage(sender, country());
      case 'pdf':
        return savePdf(window, sender, request.name, country());
      case 'window':
        windows.open();
        return null;
      case 'unkept':
        windows.holds(sender, request.holdsText);
        return null;
    }
  };
}

/** The id of the item that was chosen; null when the menu was closed without. */
function showMenu(window: BrowserWindow | null, items: readonly ShellMenuItem[]): Promise<string | null> {
  return new Promise((resolve) => {
    const menu = Menu.buildFromTemplate(pageMenuTemplate(items, resolve));
    menu.popup({ ...(window ? { window } : {}), callback: () => setTimeout(() => resolve(null), clickMs) });
  });
}
