import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/*
 * `npm test`: types, lint, build, then every test there is. The last line counts them: `N passed, N failed`.
 */

const root = join(import.meta.dirname, '..');
const report = join(root, 'test', '.artifacts', 'report.json');
let failed = 0;

function step(name: string, command: string, args: string[]): void {
  console.log(`— ${name}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status === 0) return;
  console.log(`✗ ${name}`);
  failed += 1;
}

mkdirSync(join(root, 'test', '.artifacts'), { recursive: true });
rmSync(report, { force: true });
step('types', 'npm', ['run', '-s', 'typecheck']);
step('lint', 'npm', ['run', '-s', 'lint']);
step('build', 'npm', ['run', '-s', 'build']);
const checksFailed = failed;
step('tests', 'npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numTotalTests: number;
}

// Without a report the runner itself was ended: that is one failure more, and the last line still says so.
const { numPassedTests, numFailedTests, numTotalTests } = existsSync(report)
  ? (JSON.parse(readFileSync(report, 'utf8')) as Report)
  : { numPassedTests: 0, numFailedTests: 1, numTotalTests: 1 };
const notRun = numTotalTests - numPassedTests - numFailedTests;
if (notRun > 0) console.log(`${notRun} tests did not run`);
console.log(`${numPassedTests + 3 - checksFailed} passed, ${numFailedTests + checksFailed + notRun} failed`);
process.exit(failed > 0 || notRun > 0 ? 1 : 0);
