import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The parts of the app's package.json that Electron itself reads. */
export interface AppManifest {
  name: string;
  productName?: string;
  version: string;
  main: string;
}

export interface AppArguments {
  /** The absolute path of the app's folder, the first argument that is no switch. */
  folder: string;
  manifest: AppManifest;
  /** Switches by name without dashes; a switch without a value maps to ''. */
  switches: Map<string, string>;
}

/** Reads `<executable> [switches] <app folder> [arguments]`. Throws if the folder has no readable package.json. */
export function readArguments(argv: readonly string[]): AppArguments {
  const given = argv.slice(1);
  const folder = resolve(given.find((argument) => !argument.startsWith('-')) ?? '.');
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as AppManifest;
  const switches = new Map<string, string>();
  for (const argument of given) {
    const [, name, value] = /^--([^=]+)=?(.*)$/s.exec(argument) ?? [];
    if (name !== undefined) switches.set(name, value ?? '');
  }
  return { folder, manifest, switches };
}
