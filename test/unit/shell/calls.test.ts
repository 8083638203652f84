import fc from 'fast-check';
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { expect, test } from 'vitest';
import type { Dispatch } from '../../../electron/dispatch.ts';
import { checkArguments } from '../../../electron/ipc/arguments.ts';
import { channels } from '../../../electron/ipc/channels.ts';
import { registerIpc } from '../../../electron/ipc/register.ts';
import { isTrustedSender } from '../../../electron/ipc/sender.ts';
import type { Envelope } from '../../../shared/bridge.ts';

type SenderEvent = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

function senderOf(mainFrame: object, senderFrame: object | null): { event: SenderEvent; contents: WebContents } {
  const contents = { mainFrame } as WebContents;
  return { contents, event: { sender: contents, senderFrame: senderFrame as SenderEvent['senderFrame'] } };
}

test('only the top frame of a window of ours, showing our own page, may call', () => {
  const top = { origin: 'app://bundle', parent: null };
  const trusted = (mainFrame: object, frame: object | null, isOurs = true) =>
    isTrustedSender(senderOf(mainFrame, frame).event, 'app://bundle', () => isOurs);

  expect(trusted(top, top)).toBe(true);
  expect(trusted(top, null), 'a frame that has gone').toBe(false);
  expect(trusted(top, { origin: 'app://bundle', parent: top }), 'a frame inside the page').toBe(false);
  expect(trusted(top, top, false), 'a window that is not ours').toBe(false);
  for (const origin of ['https://evil.example', 'null', 'app://bundle.evil.example', 'app://bundle:1', 'file://', '']) {
    const frame = { origin, parent: null };
    expect(trusted(frame, frame), origin).toBe(false);
  }
});

/** The real IPC wrapper; `answer` stands for the host. */
function wrapper({ isTrusted = true, answer = () => null as unknown } = {}) {
  const handlers = new Map<string, (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown>();
  const dispatched: unknown[] = [];
  const reported: unknown[] = [];
  registerIpc({
    ipcMain: { handle: (channel, handler) => void handlers.set(channel, handler) },
    dispatch: ((name, input) => {
      dispatched.push([name, input]);
      return answer();
    }) as Dispatch,
    isTrusted: () => isTrusted,
    askShell: async () => null,
    saveDownload: () => Promise.resolve(true),
    openExternal: () => Promise.resolve(true),
    report: (error) => reported.push(error),
    checkAnswers: true,
  });
  const call = async (channel: string, ...args: unknown[]) =>
    (await handlers.get(channel)?.({} as IpcMainInvokeEvent, ...args)) as Envelope<unknown>;
  return { handlers, call, dispatched, reported };
}

test('every channel refuses a stranger before it looks at what was sent', async () => {
  const { handlers, call, dispatched } = wrapper({ isTrusted: false });
  expect(handlers.size).toBeGreaterThan(5);
  for (const channel of handlers.keys()) {
    expect(await call(channel, 'contact.count', {})).toMatchObject({ ok: false, error: { kind: 'forbidden' } });
  }
  expect(dispatched).toEqual([]);
});

test('operations that do not exist, or that a prototype would have, are not found', async () => {
  const { call, dispatched } = wrapper();
  for (const name of ['no.such', '', '__proto__', 'constructor', 'toString', 'contact.export', 7, null, undefined, ['contact.count']]) {
    expect(await call(channels.call, name, {}), String(name)).toMatchObject({ ok: false, error: { kind: 'notFound' } });
  }
  expect(dispatched).toEqual([]);
});

test('a call of 5 MB is refused, in text or bytes, in one piece or in many; a picture has room for its 5 MB', async () => {
  const { call, dispatched } = wrapper();
  const megabytes = (count: number) => 'x'.repeat(count * 1024 * 1024);
  const tooLarge = { ok: false, error: { kind: 'tooLarge', message: 'One call may carry at most 4 MB' } };
  expect(await call(channels.call, 'contact.create', { name: megabytes(5) })).toEqual({ ...tooLarge, error: { ...tooLarge.error, issues: [] } });
  expect(await call(channels.call, 'contact.create', { name: Array(5).fill(megabytes(1)) })).toMatchObject(tooLarge);
  expect(await call(channels.uploadPiece, 1, new Uint8Array(5 * 1024 * 1024))).toMatchObject(tooLarge);
  expect(await call(channels.openExternal, megabytes(5))).toMatchObject(tooLarge);
  expect(await call(channels.shell, { kind: 'drag', ids: Object.assign([], { length: 2 ** 31 }) }), 'a list of nothing').toMatchObject(tooLarge);
  expect(dispatched).toEqual([]);

  const base64 = 'A'.repeat(Math.ceil((5 * 1024 * 1024) / 3) * 4);
  await call(channels.call, 'image.set', { id: '1', image: { mediaType: 'image/png', base64 } });
  await call(channels.call, 'draft.save', { key: 'new', baseRev: null, values: { image: { base64 } } });
  expect(dispatched).toHaveLength(2);
  expect(await call(channels.call, 'image.set', { image: megabytes(8) })).toMatchObject({ ok: false, error: { kind: 'tooLarge' } });
});

test('keys that reach for a prototype, deep nesting and things that are no plain data are refused', async () => {
  const { call, dispatched } = wrapper();
  const nested = (levels: number): object => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels)) as object;
  const inputs: unknown[] = [
    JSON.parse('{"name":"x","__proto__":{"polluted":true}}'), JSON.parse('{"contact":{"constructor":{"prototype":{"polluted":true}}}}'),
    nested(40), { at: new Date() }, { map: new Map([['a', 1]]) }, { error: new Error('x') }, [new Set([1])],
  ];
  for (const input of inputs) {
    expect(await call(channels.call, 'contact.create', input)).toMatchObject({ ok: false, error: { kind: 'invalid' } });
  }
  expect(dispatched).toEqual([]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  await call(channels.call, 'contact.create', { constructor: 'a builder of houses', notes: nested(20) });
  expect(dispatched).toHaveLength(1);
});

test('any plain data within the limits passes unchanged', () => {
  const value = fc.jsonValue({ maxDepth: 8 }).filter((data) => !JSON.stringify(data).includes('__proto__'));
  fc.assert(
    fc.property(value, (data) => {
      const before = JSON.stringify(data);
      checkArguments(['contact.create', data, undefined, new Uint8Array(8)]);
      expect(JSON.stringify(data)).toBe(before);
    }),
  );
});

test('an answer that is not what the operation table promises never reaches the window, nor does its content', async () => {
  const { call, reported } = wrapper({ answer: () => ({ status: 'Rosa Lund' }) });
  expect(await call(channels.call, 'health.get', {})).toEqual({ ok: false, error: { kind: 'internal', message: 'Internal server error', issues: [] } });
  expect(String(reported[0])).toMatch(/health\.get.*status/);
  expect(String(reported[0])).not.toContain('Rosa');
});
