import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const modules = join(import.meta.dirname, '../node_modules');

/** What a launcher needs to start a Chromium: the executable, its switches and its whole environment. */
export interface ChromiumLaunch {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}

// @sparticuz/chromium recommends switches of its own, among them one that turns web security off: these are not they.
const switches = [
  '--headless',
  '--no-sandbox',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--disable-component-update',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

const browsersByPlatform: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/microsoft-edge',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    return folder
      ? [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')]
      : [];
  }),
};

/** The path of a Chrome, Chromium or Edge installed on this computer, able to show a window; undefined if none is. */
export function installedBrowser(): string | undefined {
  return browsersByPlatform[process.platform]?.find((path) => existsSync(path));
}

/**
 * A headless Chromium for tests: `$CHROMIUM_PATH` if set; on Linux x64 the one in @sparticuz/chromium, unpacked at the
 * first call, with the libraries and fonts it brings, so that no system package is needed; else an installed browser.
 * Throws when there is none.
 */
export function chromiumLaunch(): ChromiumLaunch {
  const env = definedVariables(process.env);
  const chosen = env['CHROMIUM_PATH'];
  if (chosen) return { executablePath: chosen, args: [...switches], env };

  const bundled = unpackedChromium();
  if (bundled) {
    const libraries = [join(bundled, 'al2023/lib'), env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
    return {
      executablePath: join(bundled, 'chromium'),
      args: [...switches],
      env: { ...env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(bundled, 'fonts') },
    };
  }

  const installed = installedBrowser();
  if (!installed) throw new Error('No Chromium was found for the tests. Set CHROMIUM_PATH to an installed one.');
  return { executablePath: installed, args: [...switches], env };
}

/** The folder with the unpacked @sparticuz/chromium, or undefined where that package does not serve. */
function unpackedChromium(): string | undefined {
  const manifest = join(modules, '@sparticuz/chromium/package.json');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(manifest)) return undefined;

  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = join(modules, '.cache', `chromium-${version}`);
  if (existsSync(folder)) return folder;

  mkdirSync(join(modules, '.cache'), { recursive: true });
  const unfinished = mkdtempSync(`${folder}.`);
  try {
    unpack(unfinished);
    writeFileSync(join(unfinished, 'fonts/fonts.conf'), fontsConfiguration(folder));
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
    // Otherwise another process was first: its folder is as good, and complete.
  }
  return folder;
}

// The package unpacks into the temporary folder, and adds its libraries only where it believes itself on AWS Lambda.
function unpack(folder: string): void {
  const program = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: modules,
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
}

function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}

function definedVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
