import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readWorkflows, stepsOf, workflow, type Workflow } from './workflows.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const systems = ['ubuntu-24.04', 'windows-2025', 'macos-15'];
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};
const runsOf = (flow: Workflow): string => stepsOf(flow).map(({ run }) => run ?? '').join('\n');

describe.each([...readWorkflows()])('%s', (_name, flow) => {
  test('may read the sources, and nothing else unless a job says why', () => {
    expect(flow.permissions).toEqual({ contents: 'read' });
    const more = Object.entries(flow.jobs).flatMap(([job, { permissions }]) => (permissions ? [[job, permissions]] : []));
    expect(more).toEqual(flow.name === 'Release' ? [['draft', { contents: 'write' }]] : []);
  });

  test('runs no code of others but GitHub’s own actions, each at a major', () => {
    for (const { uses } of stepsOf(flow)) expect(uses ?? 'actions/none@v1').toMatch(/^actions\/[a-z-]+@v\d+$/);
  });

  test('leaves no key to the repository behind for what it runs', () => {
    for (const step of stepsOf(flow).filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
      expect(step.with).toMatchObject({ 'persist-credentials': false });
    }
  });

  test('puts nothing that somebody may name, such as a branch, into its commands', () => {
    expect(runsOf(flow)).not.toContain('${{');
  });

  test('ends by itself when something hangs', () => {
    for (const job of Object.values(flow.jobs)) if (!job.uses) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });

  test('calls only what there is', () => {
    for (const [, script = ''] of runsOf(flow).matchAll(/npm run (?:-s )?([\w-]+)/g)) expect(manifest.scripts).toHaveProperty([script]);
    for (const [, program = ''] of runsOf(flow).matchAll(/npx ([\w-]+)/g)) expect(existsSync(join(root, 'node_modules/.bin', program)), program).toBe(true);
    for (const [file] of runsOf(flow).matchAll(/\b(?:electron|test)\/\S+\.ts\b/g)) expect(existsSync(join(root, file)), file).toBe(true);
    for (const { uses } of Object.values(flow.jobs)) if (uses) expect(existsSync(join(root, uses)), uses).toBe(true);
    expect(runsOf(flow)).not.toContain('npm install');
  });
});

describe('tests', () => {
  const { on, jobs } = workflow('test.yml');

  test('run for every change, on each system, to the end', () => {
    expect(Object.keys(on)).toEqual(expect.arrayContaining(['push', 'pull_request', 'workflow_call']));
    expect(jobs['test']?.strategy).toEqual({ 'fail-fast': false, matrix: { os: systems } });
  });

  test('run on Electron’s own runtime, with its sandbox, and on Linux on a screen', () => {
    const commands = jobs['test']?.steps?.map(({ run }) => run).filter((run) => run !== undefined);
    expect(commands?.slice(0, 2)).toEqual(['npm ci', 'npx install-electron']);
    expect(commands?.slice(-2)).toEqual(['xvfb-run -a npm test', 'npm test']);
    expect(JSON.stringify(jobs)).not.toMatch(/no-sandbox|ELECTRON_OVERRIDE_DIST_PATH|continue-on-error/);
  });
});

test('whether Electron still gets fixes is asked every week and before a release', () => {
  const { on } = workflow('electron-support.yml');
  expect(on).not.toHaveProperty('push');
  expect(on).toMatchObject({ workflow_call: null, schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* \d$/) as string }] });
});

describe('a release', () => {
  const release = workflow('release.yml');
  const { on, jobs } = release;
  const needs = (job: string): string[] => [jobs[job]?.needs ?? []].flat();

  test('is begun by a tag and by nothing else', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
  });

  test('has packages of each system, made when all tests have passed and Electron is supported', () => {
    expect(jobs['package']?.strategy?.matrix.os).toEqual(systems);
    expect(needs('package')).toEqual(['test', 'electron-support']);
    expect([jobs['test']?.uses, jobs['electron-support']?.uses]).toEqual(['./.github/workflows/test.yml', './.github/workflows/electron-support.yml']);
    const uploaded = JSON.stringify(jobs['package']?.steps?.at(-1)?.with);
    for (const ending of ['AppImage', 'deb', 'rpm', 'dmg', 'zip', 'exe']) expect(uploaded).toContain(`release/*.${ending}`);
    expect(uploaded).toContain('release/latest*.yml');
  });

  test('is a draft that a person publishes, with checksums and a bill of materials', () => {
    expect(needs('draft')).toEqual(['package']);
    const commands = jobs['draft']?.steps?.map(({ run }) => run ?? '').join('\n') ?? '';
    expect(commands).toMatch(/sha256sum -- \* > SHA256SUMS\n[^]*gh release create .* --draft --verify-tag .* packages\/\*/);
    expect(commands.indexOf('npm sbom')).toBeLessThan(commands.indexOf('sha256sum'));
  });

  test('gives the secrets of signing to the one step that signs, and packs without those that are not set', () => {
    const secretly = stepsOf(release).filter((step) => JSON.stringify(step).includes('secrets.'));
    expect(secretly).toHaveLength(1);
    const [{ env = {}, run = '' } = {}] = secretly;
    const [, unset = ''] = /for name in (.*); do/.exec(run) ?? [];
    expect(unset.split(' ')).toEqual(Object.keys(env));
    for (const value of Object.values(env)) expect(value).toMatch(/^\$\{\{ runner\.os == '(macOS|Windows)' && secrets\.\w+ \|\| '' \}\}$/);
  });

  test('tells in its bill of materials what people run: Electron, the database and what is bundled', async () => {
    const command = /npm (sbom .*) > /.exec(runsOf(release))?.[1] ?? '';
    const { stdout } = await promisify(execFile)('npm', command.split(' '), {
      cwd: root, shell: process.platform === 'win32', maxBuffer: 64 * 1024 * 1024,
    });
    const bill = JSON.parse(stdout) as { bomFormat: string; components: { name: string; version: string }[] };
    expect(bill.bomFormat).toBe('CycloneDX');
    for (const name of ['electron', 'fastify', 'react', 'zod', 'electron-updater']) {
      expect(bill.components).toContainEqual(expect.objectContaining({ name, version: manifest.devDependencies[name] }));
    }
    expect(bill.components).toContainEqual(expect.objectContaining({ name: 'better-sqlite3' }));
  });
});
