import fc from 'fast-check';
import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Session } from 'electron';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createExternalOpener, externalAddress } from '../../../electron/desktop/external.ts';
import { openKnownHosts } from '../../../electron/desktop/known-hosts.ts';
import { isOwnPage, lockDown } from '../../../electron/desktop/lockdown.ts';
import { createPageHandler } from '../../../electron/desktop/protocol.ts';
import { temporaryFolder } from '../support/book.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

describe('addresses that leave the program', () => {
  const api = 'http://127.0.0.1:4780';

  test('web sites, mail and phone addresses may be opened; a site without TLS is opened with it', () => {
    const opened = (address: string) => externalAddress(address, api).href;
    expect(opened('https://nordlicht.example/a?b#c')).toBe('https://nordlicht.example/a?b#c');
    expect(opened('http://nordlicht.example')).toBe('https://nordlicht.example/');
    expect(opened('mailto:rosa@nordlicht.example')).toBe('mailto:rosa@nordlicht.example');
    expect(opened('mailto:rosa@nordlicht.example?attach=/home/ann/.ssh/id_ed25519&bcc=eve@evil.example')).toBe('mailto:rosa@nordlicht.example');
    expect(opened('tel:+46701234567')).toBe('tel:+46701234567');
    expect(opened(`${api}/api/docs`)).toBe(`${api}/api/docs`);
    expect(opened('http://127.0.0.1:9999/')).toBe('https://127.0.0.1:9999/');
  });

  test('nothing else a contact may hold is opened', () => {
    const addresses: unknown[] = [
      'javascript:alert(1)', 'file:///etc/passwd', 'FILE:///C:/Windows', 'smb://host/share', 'data:text/html,x', 'ms-settings:',
      'vbscript:x', 'app://bundle/', 'fieldbook://new', ' ', 'nordlicht.example', 'https://', 'https://bank.example@evil.example/',
      `https://x.example/${'a'.repeat(2_000)}`, null, 7, { toString: () => 'https://x.example' },
    ];
    for (const address of addresses) expect(() => externalAddress(address, api), String(address)).toThrow(/can be opened/);
  });

  test('whatever text is given, only https, mailto and tel get through', () => {
    const scheme = fc.constantFrom('https:', 'http:', 'HTTPS:', 'file:', 'javascript:', 'mailto:', 'tel:', 'x:', '');
    fc.assert(
      fc.property(scheme, fc.constantFrom('//', '/', ''), fc.string(), (start, slashes, rest) => {
        let opened: URL | undefined;
        try {
          opened = externalAddress(`${start}${slashes}${rest}`, null);
        } catch {
          return;
        }
        expect(['https:', 'mailto:', 'tel:']).toContain(opened.protocol);
      }),
    );
  });

  test('a site is asked about once, and not again after a restart; a no is not remembered; mail is not asked about', async () => {
    const file = join(folder.path, 'opened-sites.json');
    const asked: string[] = [];
    const opened: string[] = [];
    let answer = false;
    const opener = () => createExternalOpener({
      open: async (address) => void opened.push(address),
      confirm: async (host) => {
        asked.push(host);
        return answer;
      },
      knownHosts: openKnownHosts(file),
      apiUrl: () => null,
    });
    expect(await opener()('https://a.example/1')).toBe(false);
    answer = true;
    expect(await opener()('https://a.example/2')).toBe(true);
    expect(await opener()('https://a.example/3')).toBe(true);
    await opener()('https://b.a.example/');
    await opener()('mailto:rosa@a.example');
    expect(asked).toEqual(['a.example', 'a.example', 'b.a.example']);
    expect(opened).toEqual(['https://a.example/2', 'https://a.example/3', 'https://b.a.example/', 'mailto:rosa@a.example']);
  });

  test('a damaged or unwritable list of sites only means asking again', () => {
    const file = join(folder.path, 'opened-sites.json');
    writeFileSync(file, '{"not": "a list"');
    expect(openKnownHosts(file).has('a.example')).toBe(false);
    const hosts = openKnownHosts(join(folder.path, 'no', 'such', 'folder.json'));
    hosts.add('a.example');
    expect(hosts.has('a.example')).toBe(true);
  });
});

describe('files the page may load', () => {
  const pageOf = (): ((request: Request) => Response) => {
    const dist = join(folder.path, 'renderer');
    mkdirSync(join(dist, 'assets'), { recursive: true });
    writeFileSync(join(dist, 'index.html'), '<!doctype html>');
    writeFileSync(join(dist, 'assets', 'index-1.js'), 'export {};');
    writeFileSync(join(dist, 'assets', 'index-1.js.map'), '{}');
    writeFileSync(join(folder.path, 'secret.js'), 'secret');
    return createPageHandler(dist);
  };

  test('built files are served with their type and the policy', async () => {
    const handler = pageOf();
    const page = handler(new Request('app://bundle/'));
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html>']);
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const part of [`default-src 'none'`, `script-src 'self'`, `object-src 'none'`, `require-trusted-types-for 'script'`]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|http:|\*/);
    expect(handler(new Request('app://bundle/assets/index-1.js')).headers.get('content-type')).toMatch(/^text\/javascript/);
  });

  test.each([
    'app://bundle/../secret.js', 'app://bundle/..%2fsecret.js', 'app://bundle/%2e%2e/secret.js', 'app://bundle/..%5csecret.js',
    'app://bundle/assets/..%2f..%2fsecret.js', 'app://bundle/assets/index-1.js%00', 'app://bundle/%00', 'app://bundle/C:/secret.js',
    'app://bundle/c%3a%5csecret.js', 'app://bundle//etc/passwd', 'app://bundle/assets', 'app://bundle/assets/', 'app://bundle/index.html.',
    'app://bundle/assets/index-1.js.map', 'app://bundle/__proto__', 'app://other/', 'app://bundle.evil.example/',
  ])('%s is not found', (address) => {
    const handler = pageOf();
    expect(handler(new Request(address)).status).toBe(404);
  });

  test('however a path is spelled, nothing outside the built files is answered', async () => {
    const handler = pageOf();
    const piece = fc.constantFrom('..', '%2e%2e', '/', '%2f', '%5c', '\\', 'assets', 'secret.js', 'index-1.js', '%00', 'C:', '%252f', '.', ';');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const response = handler(new Request(`app://bundle/${pieces.join('')}`));
        if (response.status === 200) expect(['<!doctype html>', 'export {};']).toContain(await response.text());
        else expect(response.status).toBe(404);
      }),
    );
  });

  test('other methods than GET are not answered', () => {
    expect(pageOf()(new Request('app://bundle/', { method: 'POST' })).status).toBe(404);
  });
});

describe('every session', () => {
  /** A session as the shell finds it, with a way to ask each of the handlers that were set. */
  function lockedSession() {
    const app = new EventEmitter();
    lockDown(app as unknown as App, 'app://bundle');
    const handlers = new Map<string, (...args: unknown[]) => unknown>();
    const setters = [
      'setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler', 'setDisplayMediaRequestHandler',
    ] as const satisfies (keyof Session)[];
    const session = Object.assign(
      new EventEmitter(),
      Object.fromEntries(setters.map((name) => [name, (handler: () => unknown) => void handlers.set(name, handler)])),
    );
    app.emit('session-created', session);
    const ask = (name: (typeof setters)[number], ...args: unknown[]) => handlers.get(name)?.(...args);
    const request = (permission: string, requestingUrl = 'app://bundle/', isMainFrame = true) => {
      let granted: unknown;
      ask('setPermissionRequestHandler', {}, permission, (answer: unknown) => (granted = answer), { requestingUrl, isMainFrame });
      return granted;
    };
    return { session, ask, request };
  }
  const permissions = [
    'media', 'geolocation', 'notifications', 'midi', 'midiSysex', 'pointerLock', 'fullscreen', 'openExternal', 'clipboard-read', 'hid',
    'serial', 'usb', 'display-capture', 'fileSystem', 'idle-detection', 'window-management', 'storage-access', 'local-fonts', 'unknown',
  ];

  test('a page is granted nothing it asks for, nor told that it might be', () => {
    const { ask, request } = lockedSession();
    for (const permission of permissions) {
      expect(request(permission), permission).toBe(false);
      expect(ask('setPermissionCheckHandler', {}, permission, 'app://bundle/'), permission).toBe(false);
    }
    expect(ask('setDevicePermissionHandler', { deviceType: 'usb' })).toBe(false);
    let streams: unknown = 'not answered';
    ask('setDisplayMediaRequestHandler', {}, (answer: unknown) => (streams = answer));
    expect(streams).toBeNull();
  });

  test('copying is the one exception, for the top frame of our own page', () => {
    const { ask, request } = lockedSession();
    const copying = 'clipboard-sanitized-write';
    expect([request(copying), ask('setPermissionCheckHandler', null, copying, 'app://bundle/')]).toEqual([true, true]);
    expect([request(copying, 'https://evil.example/'), request(copying, 'app://bundle/', false)]).toEqual([false, false]);
    expect(ask('setPermissionCheckHandler', null, copying, 'https://evil.example/')).toBe(false);
  });

  test('no download of a page goes on', () => {
    const { session } = lockedSession();
    let prevented = false;
    session.emit('will-download', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });
});

test('our own page is told by its parsed origin, not by how its address begins', () => {
  const own = ['app://bundle', 'app://bundle/', 'app://bundle/assets/x.js#y'];
  const foreign = [
    'app://bundle.evil.example/', 'app://bundle@evil.example/', 'app://evil@bundle/', 'app:bundle', 'https://bundle/', 'app://bundle:80/',
    'about:blank', 'data:text/html,app://bundle/', '', 'file:///app://bundle/',
  ];
  expect(own.filter((address) => !isOwnPage(address, 'app://bundle'))).toEqual([]);
  expect(foreign.filter((address) => isOwnPage(address, 'app://bundle'))).toEqual([]);
});

test('the shell asks for the sandbox before anything else, and gives its scheme no more than it needs', () => {
  const main = readFileSync(join(import.meta.dirname, '..', '..', '..', 'electron/main.ts'), 'utf8');
  expect(main).toContain('privileges: { standard: true, secure: true, supportFetchAPI: true } }');
  const order = ['app.enableSandbox();', 'lockDown(app, pageOrigin);', 'app.whenReady()', 'openWindow();'].map((step) => main.indexOf(step));
  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

test('nowhere is a protection of Electron turned off, and nothing loads over plain http', () => {
  const sources = ['electron/main.ts', 'electron/preload.ts', 'electron/desktop/window.ts', 'renderer/index.html', 'shared/csp.ts']
    .map((file) => readFileSync(join(import.meta.dirname, '..', '..', '..', file), 'utf8')).join('\n');
  for (const weakness of [
    'nodeIntegration', 'contextIsolation', 'sandbox:', 'webSecurity', 'allowRunningInsecureContent', 'experimentalFeatures',
    'enableBlinkFeatures', 'webviewTag', 'bypassCSP', 'corsEnabled', 'unsafe-inline', 'unsafe-eval', 'http://',
  ]) expect(sources, weakness).not.toContain(weakness);
});
