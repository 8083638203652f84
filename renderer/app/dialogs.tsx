import { Suspense, type ReactNode } from 'react';
import { useApp } from './app-store.ts';
import { purgeContacts } from './book-actions.ts';
import { useCommandContext } from './command-context.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import {
  CallerDialog, CaptureDialog, ConnectDialog, ExportDialog, Palette, ReadyDialog, ShortcutSheet,
} from './screens.ts';
import { useReturnFocus } from './use-return-focus.ts';

/** The dialog that is open, if any. */
export function Dialogs(): ReactNode {
  const context = useCommandContext();
  const dialog = useApp((state) => state.dialog);
  const selection = useApp((state) => state.selection);
  const filter = useApp((state) => state.filter);
  const showDialog = useApp((state) => state.showDialog);
  const close = (): void => showDialog(null);

  useReturnFocus(dialog !== null);

  if (dialog === null) return null;
  return (
    <Suspense fallback={null}>
      {dialog === 'palette' && <Palette onClose={close} />}
      {dialog === 'capture' && <CaptureDialog onClose={close} />}
      {dialog === 'caller' && <CallerDialog onClose={close} />}
      {dialog === 'shortcuts' && <ShortcutSheet onClose={close} />}
      {dialog === 'connect' && <ConnectDialog onClose={close} />}
      {dialog === 'ready' && <ReadyDialog onClose={close} />}
      {dialog === 'export' && <ExportDialog ids={[...selection]} filter={filter} onClose={close} />}
      {dialog === 'emptyTrash' && (
        <ConfirmDialog
          title="Empty the trash?"
          confirm="Empty the trash"
          onConfirm={() => purgeContacts(context)}
          onClose={close}
        >
          Everything in it is erased for good. This cannot be undone.
        </ConfirmDialog>
      )}
    </Suspense>
  );
}
