import { join } from 'node:path';
import { app, BrowserWindow, protocol } from 'electron';

/* What Fieldbook is measured against: the same executable and preload, with one word in a window. */

const preload = join(import.meta.dirname, '../../../dist/preload/preload.cjs');
const page = '<!doctype html><title>Empty</title><p>Empty</p>';

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
app.enableSandbox();
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  protocol.handle('app', () => new Response(page, { headers: { 'content-type': 'text/html' } }));
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { preload } });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('app://bundle/');
});
