import { Suspense, type ReactNode } from 'react';
import { ContactsScreen } from '../contacts/contacts-screen.tsx';
import { TrashScreen } from '../contacts/trash-screen.tsx';
import { useApp, type Screen } from './app-store.ts';
import { useCommandContext } from './command-context.tsx';
import type { CommandContext } from './commands.ts';
import { DataNotices } from './data-notices.tsx';
import { Dialogs } from './dialogs.tsx';
import { useKeyboard } from './keyboard.ts';
import { Navigation } from './navigation.tsx';
import { SafeModeNotice } from './safe-mode-notice.tsx';
import { FileDrop } from '../desktop/file-drop.tsx';
import { useShellActions } from '../desktop/shell-actions.ts';
import { AwayNotice } from '../sync/away-notice.tsx';
import { useClosingGuard } from '../contact-form/use-closing-guard.ts';
import { useSyncNudge } from '../sync/use-sync-nudge.ts';
import { UpdateNotices } from '../updates/update-notices.tsx';
import { ImportScreen, PrintSheet, SettingsScreen, SyncScreen } from './screens.ts';
import { StatusLine } from './status-line.tsx';
import { UnreachableNotice } from './unreachable-notice.tsx';
import classes from './workspace.module.css';

const screens: Record<Screen, () => ReactNode> = {
  contacts: () => <ContactsScreen />,
  trash: () => <TrashScreen />,
  imports: () => <ImportScreen />,
  sync: () => <SyncScreen />,
  settings: () => <SettingsScreen />,
};

/** To the list, or to the screen where there is none. */
function focusMain({ list }: CommandContext): void {
  const control = list();
  const main = document.querySelector('main');
  if (control || !main) {
    control?.focus();
    return;
  }
  main.tabIndex = -1;
  main.focus();
}

/** The parts of the window and where they stand: navigation, the screen, the status line. */
export function Workspace(): ReactNode {
  const screen = useApp((state) => state.screen);
  const printing = useApp((state) => state.printing);
  const print = useApp((state) => state.print);
  const context = useCommandContext();
  useKeyboard(context);
  useShellActions(context);
  useSyncNudge(context.host);
  useClosingGuard(context.host);
  return (
    <div className={classes.workspace}>
      <button type="button" className={classes.skip} onClick={() => focusMain(context)}>Go to the list</button>
      <Navigation />
      <main className={classes.screen} key={screen}>
        <UnreachableNotice />
        <SafeModeNotice />
        <DataNotices />
        <AwayNotice />
        <UpdateNotices />
        <Suspense fallback={<div className={classes.loading} aria-busy="true" />}>{screens[screen]()}</Suspense>
      </main>
      <StatusLine />
      <Dialogs />
      <FileDrop />
      {printing !== null && (
        <Suspense fallback={null}><PrintSheet target={printing} onDone={() => print(null)} /></Suspense>
      )}
    </div>
  );
}
