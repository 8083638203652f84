import { spawn } from 'node:child_process';

/** Opens an address in the person's browser; false where there is none to be seen. */
export function openBrowser(address: string): Promise<boolean> {
  const [command, args] = opener(address);
  if (command === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

function opener(address: string): [string | null, string[]] {
  if (process.platform === 'darwin') return ['open', [address]];
  if (process.platform === 'win32') return ['cmd', ['/c', 'start', '', address]];
  return process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? ['xdg-open', [address]] : [null, []];
}
