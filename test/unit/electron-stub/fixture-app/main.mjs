// A small Electron app that uses what a real desktop shell uses, for the tests of the stand-in.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, net, protocol, session, shell } from 'electron';

const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' app:; connect-src 'self'";
const received = [];
globalThis.received = received;

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
app.enableSandbox();
if (!app.requestSingleInstanceLock({ greeting: 'hello' })) app.quit();

app.on('second-instance', (_event, argv, workingDirectory, data) => {
  received.push({ argv: argv.slice(1), workingDirectory, data });
});
app.on('web-contents-created', (_event, contents) => {
  contents.setWindowOpenHandler(({ url }) => {
    void shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event, url) => {
    if (!url.startsWith('app://bundle/')) event.preventDefault();
    received.push({ navigation: url });
  });
});

function openWindow(page) {
  const window = new BrowserWindow({
    width: 700,
    height: 500,
    show: false,
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`app://bundle/${page}`);
  return window;
}

ipcMain.handle('echo', (event, value) => ({
  value,
  origin: event.senderFrame.origin,
  isMainFrame: event.senderFrame === event.sender.mainFrame,
}));
ipcMain.handle('fail', () => {
  throw new TypeError('no such contact');
});
const waiting = [];
ipcMain.handle('wait', (_event, value) => new Promise((resolve) => waiting.push(() => resolve(value))));
ipcMain.handle('release', () => waiting.splice(0).forEach((release) => release()));
ipcMain.handle('save', async (event) => {
  const { canceled, filePath } = await dialog.showSaveDialog(BrowserWindow.fromWebContents(event.sender), {});
  return canceled ? null : filePath;
});
ipcMain.on('count', (event, upTo) => {
  const { port1, port2 } = new MessageChannelMain();
  event.sender.postMessage('numbers', null, [port2]);
  for (let number = 1; number <= upTo; number++) port1.postMessage(number);
});

await app.whenReady();
session.defaultSession.setPermissionCheckHandler(() => false);
session.defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
session.defaultSession.on('will-download', (event, item) => {
  received.push({ download: item.getFilename() });
  event.preventDefault();
});
protocol.handle('app', async (request) => {
  const file = new URL(request.url).pathname;
  if (file === '/body') return new Response(`${request.method} ${await request.text()}`);
  if (!/^\/[\w.]+$/.test(file)) return new Response('', { status: 404 });
  const response = await net.fetch(pathToFileURL(join(import.meta.dirname, file)).href);
  return new Response(response.body, {
    headers: { 'content-type': response.headers.get('content-type'), 'content-security-policy': csp },
  });
});
Menu.setApplicationMenu(
  Menu.buildFromTemplate([
    {
      label: 'Contact',
      submenu: [
        {
          id: 'new',
          label: 'New contact',
          accelerator: 'CmdOrCtrl+N',
          click: (_item, window) => (window ?? BrowserWindow.getAllWindows()[0]).webContents.send('menu', 'new'),
        },
        { id: 'window', label: 'New window', click: () => openWindow('index.html') },
        { role: 'quit' },
      ],
    },
  ]),
);
openWindow('index.html');
app.on('window-all-closed', () => app.quit());
