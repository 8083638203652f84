import { EventEmitter } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, WebContents } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCrashPolicy } from '../../../electron/desktop/crash.ts';
import { handleCrashes } from '../../../electron/desktop/crash-handling.ts';
import type { Trouble } from '../../../electron/desktop/diagnostics.ts';
import { createFaultHandler } from '../../../electron/desktop/faults.ts';
import { followsCrashLoop, noteEnd, noteStart } from '../../../electron/desktop/safe-mode.ts';
import { temporaryFolder } from '../support/book.ts';

describe('what follows a crash', () => {
  test('a page comes back sooner the first time than the second, and the third within a minute brings safe mode', () => {
    let at = 0;
    const crash = createCrashPolicy(() => at, false);
    expect(crash()).toEqual({ do: 'reload', afterMs: 250 });
    at += 20_000;
    expect(crash()).toEqual({ do: 'reload', afterMs: 500 });
    at += 20_000;
    expect(crash()).toEqual({ do: 'safeMode' });
  });

  test('crashes that are further apart are no loop', () => {
    let at = 0;
    const crash = createCrashPolicy(() => at, false);
    for (let day = 0; day < 20; day += 1) {
      expect(crash().do).toBe('reload');
      at += 30_001;
    }
  });

  test('windows that crash together count once', () => {
    const crash = createCrashPolicy(() => 0, false);
    expect([crash(), crash(), crash(), crash()]).toEqual(Array(4).fill({ do: 'reload', afterMs: 250 }));
  });

  test('when safe mode does not help, the person is asked, again after each further loop', () => {
    let at = 0;
    const crash = createCrashPolicy(() => (at += 1_000), true);
    const decisions = Array.from({ length: 6 }, () => crash().do);
    expect(decisions).toEqual(['reload', 'reload', 'ask', 'reload', 'reload', 'ask']);
  });
});

describe('starts that never came to an end', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  test('three of them within a minute make the next start one in safe mode', () => {
    expect([0, 5_000, 10_000, 15_000].map((at) => noteStart(folder.path, at))).toEqual([false, false, false, true]);
  });

  test('an end that was told, or a minute, makes the next start an ordinary one', () => {
    for (const at of [0, 1_000, 2_000]) noteStart(folder.path, at);
    noteEnd(folder.path);
    expect(noteStart(folder.path, 3_000)).toBe(false);
    for (const at of [4_000, 5_000]) noteStart(folder.path, at);
    expect(noteStart(folder.path, 65_001)).toBe(false);
  });

  test('starts in a future that a clock set back has left do not count', () => {
    expect(followsCrashLoop([50_000, 50_001, 50_002], 10_000)).toBe(false);
  });

  test('a damaged or unwritable note never stops a start', () => {
    writeFileSync(join(folder.path, 'unfinished-starts.json'), 'not json');
    expect(noteStart(folder.path, 0)).toBe(false);
    mkdirSync(join(folder.path, 'other', 'unfinished-starts.json'), { recursive: true });
    expect(noteStart(join(folder.path, 'other'), 0)).toBe(false);
    noteEnd(join(folder.path, 'other'));
  });
});

describe('windows and errors', () => {
  function shell(answer = 0) {
    const app = new EventEmitter();
    const heard: string[] = [];
    const window = { isDestroyed: () => false, reload: () => heard.push('reload') } as unknown as WebContents;
    let at = 0;
    handleCrashes({
      app: app as unknown as App,
      isOurs: (contents) => contents === window,
      decide: createCrashPolicy(() => (at += 1_000), false),
      log: (_details, message) => heard.push(message),
      enterSafeMode: async () => void heard.push('safe mode'),
      tell: async ({ message }: Trouble) => {
        heard.push(message);
        return answer;
      },
      restart: () => heard.push('restart'),
    });
    const crash = (contents = window, reason = 'crashed') => app.emit('render-process-gone', {}, contents, { reason, exitCode: 5 });
    return { heard, crash, window };
  }

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('a crashed window is logged and loaded again after its delay', () => {
    const { heard, crash } = shell();
    crash();
    expect(heard).toEqual(['a window crashed']);
    vi.advanceTimersByTime(250);
    expect(heard).toEqual(['a window crashed', 'reload']);
  });

  test('the third crash turns sync and API off, loads the page, and tells the person, who may restart', async () => {
    const { heard, crash } = shell(1);
    for (let count = 0; count < 3; count += 1) {
      crash();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(heard.slice(4)).toEqual(['a window crashed', 'safe mode', 'reload', 'Fieldbook is in safe mode', 'restart']);
  });

  test('a window that was closed in the meantime stays closed; pages that end well or are not ours are left alone', () => {
    const { heard, crash, window } = shell();
    crash(window, 'clean-exit');
    crash({} as WebContents);
    expect(heard).toEqual([]);
    crash();
    window.isDestroyed = () => true;
    vi.advanceTimersByTime(1_000);
    expect(heard).toEqual(['a window crashed']);
  });

  test('every error nobody caught is logged, and the person is told of one at a time', async () => {
    const logged: unknown[] = [];
    const told: ((answer: number) => void)[] = [];
    let restarts = 0;
    const onFault = createFaultHandler({
      log: (error) => logged.push(error),
      tell: () => new Promise((resolve) => told.push(resolve)),
      restart: () => (restarts += 1),
    });
    for (const error of ['a', 'b', 'c']) onFault(error);
    expect([logged, told.length]).toEqual([['a', 'b', 'c'], 1]);
    told[0]?.(0);
    await vi.advanceTimersByTimeAsync(0);
    onFault('d');
    told[1]?.(1);
    await vi.advanceTimersByTimeAsync(0);
    expect([told.length, restarts]).toEqual([2, 1]);
  });
});
