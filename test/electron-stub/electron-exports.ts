// Every module of Electron's main process that the stand-in has.
export { app } from './app.ts';
export { BrowserWindow, webContents } from './browser-window.ts';
export {
  autoUpdater,
  clipboard,
  crashReporter,
  globalShortcut,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  shell,
  systemPreferences,
  Tray,
} from './desktop.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu, MenuItem } from './menu.ts';
export { MessageChannelMain, MessagePortMain } from './message-ports.ts';
export { nativeImage } from './native-image.ts';
export { nativeTheme } from './native-theme.ts';
export { net } from './net.ts';
export { protocol } from './protocol.ts';
export { safeStorage } from './safe-storage.ts';
export { screen } from './screen.ts';
export { session, Session } from './session.ts';
export { WebContents } from './web-contents.ts';
