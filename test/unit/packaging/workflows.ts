import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

const folder = join(import.meta.dirname, '..', '..', '..', '.github', 'workflows');

export interface Step {
  name?: string;
  uses?: string;
  run?: string;
  if?: string;
  shell?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
export interface Job {
  'runs-on'?: string;
  'timeout-minutes'?: number;
  uses?: string;
  needs?: string | string[];
  permissions?: Record<string, string>;
  strategy?: { 'fail-fast'?: boolean; matrix: { os: string[] } };
  steps?: Step[];
}
export interface Workflow {
  name: string;
  on: Record<string, { branches?: string[]; tags?: string[] } | { cron: string }[] | null>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

/** The workflows of this project by the name of their file. */
export function readWorkflows(): Map<string, Workflow> {
  const names = readdirSync(folder);
  return new Map(names.map((name) => [name, load(readFileSync(join(folder, name), 'utf8')) as Workflow]));
}

/** Throws when there is none of that name. */
export function workflow(name: string): Workflow {
  const found = readWorkflows().get(name);
  if (!found) throw new Error(`There is no workflow ${name}`);
  return found;
}

export function stepsOf({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap(({ steps }) => steps ?? []);
}

/** What electron-builder is told when a release is packed, with GitHub's owner and repository filled in. */
export function releaseArguments(repository: string): string[] {
  const [, told = ''] = /npm run package -- (.*)$/m.exec(stepsOf(workflow('release.yml')).map(({ run }) => run).join('\n')) ?? [];
  const [owner = '', name = ''] = repository.split('/');
  return told.replace('"${GITHUB_REPOSITORY%/*}"', owner).replace('"${GITHUB_REPOSITORY#*/}"', name).split(' ');
}
