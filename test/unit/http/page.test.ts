import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { contentSecurityPolicy } from '../../../shared/csp.ts';
import { startServer } from './support/server.ts';

async function serverWithPage() {
  const directory = mkdtempSync(join(tmpdir(), 'fieldbook page '));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'page', 'assets'), { recursive: true });
  writeFileSync(join(directory, 'page', 'index.html'), '<!doctype html><title>Fieldbook</title>');
  writeFileSync(join(directory, 'page', 'assets', 'main-abc.js'), 'let a;');
  writeFileSync(join(directory, 'page', '.secret'), 'secret');
  writeFileSync(join(directory, 'fieldbook.db'), 'secret');
  return startServer({ deps: { rendererDir: join(directory, 'page') } });
}

it('serves the built page to a browser without a token, under a strict policy', async () => {
  const { ask } = await serverWithPage();
  const page = await ask('GET', '/', { token: null });
  expect([page.status, page.text]).toEqual([200, '<!doctype html><title>Fieldbook</title>']);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.headers['content-security-policy']).toBe(contentSecurityPolicy());
  expect(page.headers['content-security-policy']).not.toContain('unsafe');
  const script = await ask('GET', '/assets/main-abc.js', { token: null });
  expect([script.text, script.headers['content-type']]).toEqual(['let a;', 'text/javascript; charset=utf-8']);
});

it.each(['/../fieldbook.db', '/%2e%2e/fieldbook.db', '/assets/..%2f..%2ffieldbook.db', '/.secret', '/assets', '/assets/'])(
  'serves nothing else: %s',
  async (path) => {
    const { ask } = await serverWithPage();
    const answer = await ask('GET', path, { token: null });
    expect([answer.status, answer.text]).toEqual([401, expect.not.stringContaining('secret')]);
  },
);
