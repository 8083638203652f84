import { lazy } from './lazy.ts';

// Everything a person does not see at the start is loaded when it is first needed.

/** `<ContactForm contactKey={id | 'new'} onClose={(savedId?) => …} />` in the place of the detail. */
export const ContactForm = lazy(async () => {
  const { ContactForm: component } = await import('../contact-form/contact-form.tsx');
  return { default: component };
});

/** `<DraftsChip onOpen={(key) => …} />`: unsaved forms, in the status line; draws nothing when there are none. */
export const DraftsChip = lazy(async () => {
  const { DraftsChip: component } = await import('../contact-form/drafts-chip.tsx');
  return { default: component };
});

export const ImportScreen = lazy(async () => {
  const { ImportScreen: component } = await import('../import/import-screen.tsx');
  return { default: component };
});

/** `<ImportProgressChip onOpen={() => …} />`: a running import, in the status line; draws nothing when there is none. */
export const ImportProgressChip = lazy(async () => {
  const { ImportProgressChip: component } = await import('../import/import-progress-chip.tsx');
  return { default: component };
});

/** `<ExportDialog ids={chosen ids or none} filter={ListFilter} onClose={() => …} />`. */
export const ExportDialog = lazy(async () => {
  const { ExportDialog: component } = await import('../import/export-dialog.tsx');
  return { default: component };
});

export const SettingsScreen = lazy(async () => {
  const { SettingsScreen: component } = await import('../settings/settings-screen.tsx');
  return { default: component };
});

export const CaptureDialog = lazy(async () => {
  const { CaptureDialog: component } = await import('../capture/capture-dialog.tsx');
  return { default: component };
});

export const CallerDialog = lazy(async () => {
  const { CallerDialog: component } = await import('../caller/caller-dialog.tsx');
  return { default: component };
});

/** `<PrintSheet target onDone={() => …} />`: what is printed, on paper or as a PDF; nobody sees it on the screen. */
export const PrintSheet = lazy(async () => {
  const { PrintSheet: component } = await import('../print/print-sheet.tsx');
  return { default: component };
});

export const SyncScreen = lazy(async () => {
  const { SyncScreen: component } = await import('../sync/sync-screen.tsx');
  return { default: component };
});

export const ConnectDialog = lazy(async () => {
  const { ConnectDialog: component } = await import('../sync/connect-dialog.tsx');
  return { default: component };
});

export const ReadyDialog = lazy(async () => {
  const { ReadyDialog: component } = await import('../sync/ready-dialog.tsx');
  return { default: component };
});

/** In the place of the list while the book is empty. */
export const FirstStart = lazy(async () => {
  const { FirstStart: component } = await import('../first-start/first-start.tsx');
  return { default: component };
});

export const Palette = lazy(async () => {
  const { Palette: component } = await import('./palette.tsx');
  return { default: component };
});

export const ShortcutSheet = lazy(async () => {
  const { ShortcutSheet: component } = await import('./shortcut-sheet.tsx');
  return { default: component };
});
