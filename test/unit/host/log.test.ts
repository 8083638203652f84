import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lastLogLines } from '../../../electron/diagnostics/log-tail.ts';
import { openLogFile } from '../../../electron/log-file.ts';
import { openLog, type Log } from '../../../electron/log.ts';
import { temporaryFolder } from '../support/book.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const file = () => join(folder.path, 'logs', 'fieldbook.log');
const flushed = (log: Pick<Log, 'flush'>) => new Promise<void>((resolve) => log.flush(() => resolve()));
const messagesIn = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as { msg: string }).msg);

test('the log has its lines in order', async () => {
  const { log } = openLog(folder.path);
  for (let index = 0; index < 2000; index += 1) log.info(`line ${index}`);
  await flushed(log);
  expect(messagesIn(file())).toEqual(Array.from({ length: 2000 }, (_, index) => `line ${index}`));
});

test('a request is a line among the others, in their form', async () => {
  const { log, logRequest } = openLog(folder.path);
  const request = { requestId: 'r-1', method: 'GET', route: '/api/organization-contact/:id', status: 200, ms: 0.4 };
  log.info('before');
  logRequest(request);
  log.info('after');
  await flushed(log);
  const lines = readFileSync(file(), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toEqual([
    { level: 30, time: expect.any(String) as string, msg: 'before' },
    { level: 30, time: expect.any(String) as string, ...request },
    { level: 30, time: expect.any(String) as string, msg: 'after' },
  ]);
  for (const { time } of lines) expect(String(time)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('a disk that does not take the log stops nothing, and the log goes on when it does', async () => {
  const { log } = openLog(folder.path);
  mkdirSync(file());
  for (let index = 0; index < 500; index += 1) log.error({ index }, 'lost');
  await flushed(log);
  rmdirSync(file());
  log.info('there is room again');
  await flushed(log);
  expect(messagesIn(file())).toEqual(['there is room again']);
});

test('an error is written at once, not with the next second’s lines', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const written = openLogFile({
    file: join(folder.path, 'log'), previous: join(folder.path, 'previous'), longest: 1000, isUrgent: (line) => line.includes('urgent'),
  });
  written.write('urgent\n');
  await expect.poll(() => existsSync(join(folder.path, 'log'))).toBe(true);
  vi.useRealTimers();
});

test('a log does not grow for ever while the host runs: what is long is put aside, and no line of the newest is lost', async () => {
  const { log } = openLog(folder.path, 5000);
  for (let round = 0; round < 20; round += 1) {
    for (let index = 0; index < 20; index += 1) log.info(`line ${round * 20 + index}`);
    await flushed(log);
  }
  expect(readdirSync(join(folder.path, 'logs'))).toEqual(['fieldbook.log', 'fieldbook.previous.log']);
  for (const name of ['fieldbook.log', 'fieldbook.previous.log']) {
    expect(statSync(join(folder.path, 'logs', name)).size).toBeLessThan(5000 + 20 * 100);
  }
  const numbers = lastLogLines(folder.path).map((line) => Number((JSON.parse(line) as { msg: string }).msg.slice('line '.length)));
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 400 - numbers.length + index));
  expect(numbers.length).toBeGreaterThan(5000 / 100);
  expect(lastLogLines(folder.path, 1000).length).toBeLessThan(1000 / 40);
});

test('a log that cannot be put aside goes on', async () => {
  const { log } = openLog(folder.path, 100);
  mkdirSync(join(folder.path, 'logs', 'fieldbook.previous.log', 'in the way'), { recursive: true });
  for (const text of ['one', 'two', 'three', 'four']) {
    log.info(text);
    await flushed(log);
  }
  expect(messagesIn(file())).toEqual(['one', 'two', 'three', 'four']);
});

test('a log that is closed has its lines, still takes others, and keeps nothing running', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const logs = openLog(folder.path);
  logs.log.info('before');
  await logs.close();
  expect(vi.getTimerCount()).toBe(0);
  logs.log.info('after');
  vi.useRealTimers();
  await expect.poll(() => messagesIn(file())).toEqual(['before', 'after']);
});

test('a log that has grown long is put aside at a start', async () => {
  mkdirSync(join(folder.path, 'logs'));
  writeFileSync(file(), 'x'.repeat(10_000_001));
  const { log } = openLog(folder.path);
  log.info('anew');
  await flushed(log);
  expect(messagesIn(file())).toEqual(['anew']);
  expect(statSync(join(folder.path, 'logs', 'fieldbook.previous.log')).size).toBe(10_000_001);
});
