import { join, resolve } from 'node:path';

const packageRoot = join(import.meta.dirname, '..', '..');

/**
 * A path as the person meant it who typed it. npm runs its scripts in the package's folder and says in INIT_CWD where it was
 * called; a process that was started in another folder was not started by npm, whatever it inherited.
 */
export function fromCaller(
  path: string,
  workingDirectory: string = process.cwd(),
  env: NodeJS.ProcessEnv = process.env,
): string {
  const called = workingDirectory === packageRoot ? env['INIT_CWD'] : undefined;
  return resolve(called ?? workingDirectory, path);
}
