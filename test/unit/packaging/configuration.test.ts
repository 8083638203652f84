import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { encodePng } from '../../../electron/desktop/icon.ts';
import { pictogramPixel, pictogramSvg } from '../../../electron/packaging/pictogram.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const inPackaging = (name: string): Buffer => readFileSync(join(root, 'electron', 'packaging', name));

interface Association {
  ext: string;
  role: string;
  rank?: string;
}
interface Configuration {
  artifactName: string;
  publish: unknown;
  electronFuses: Record<string, boolean>;
  protocols: { schemes: string[] }[];
  fileAssociations: Association[];
  linux: { target: string[]; icon: string };
  mac: { target: { target: string; arch: string[] }[]; icon: string; fileAssociations: Association[] };
  win: { target: string[]; icon: string; fileAssociations?: Association[] };
  nsis: Record<string, boolean>;
}
const configuration = load(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Configuration;

describe('the packages', () => {
  test('there is one for each way people install programs', () => {
    expect(configuration.linux.target).toEqual(['AppImage', 'deb', 'rpm']);
    expect(configuration.mac.target).toEqual([{ target: 'dmg', arch: ['x64', 'arm64'] }, { target: 'zip', arch: ['x64', 'arm64'] }]);
    expect(configuration.win.target).toEqual(['nsis']);
  });

  test('two packages never have the same name', () => {
    for (const part of ['version', 'os', 'arch', 'ext']) expect(configuration.artifactName).toContain(`\${${part}}`);
  });

  test('on Windows nobody needs an administrator, and uninstalling leaves the book where it is', () => {
    expect(configuration.nsis).toMatchObject({ perMachine: false, deleteAppDataOnUninstall: false });
  });

  test('contact cards and fieldbook: links are opened; no spreadsheet loses its tables', () => {
    expect(configuration.protocols.flatMap(({ schemes }) => schemes)).toEqual(['fieldbook']);
    expect(configuration.fileAssociations).toMatchObject([{ ext: 'vcf', role: 'Editor' }]);
    expect(configuration.mac.fileAssociations).toMatchObject([{ ext: 'csv', role: 'Viewer', rank: 'Alternate' }]);
    expect(configuration.win.fileAssociations).toBeUndefined();
  });

  test('every fuse is decided: none is left as Electron happens to come', () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: true,
    });
  });
});

describe('the icons', () => {
  test('are there for each platform, in the form it wants', () => {
    for (const { icon } of [configuration.linux, configuration.mac, configuration.win]) expect(existsSync(join(root, icon)), icon).toBe(true);
    const windows = inPackaging('icon.ico');
    expect([windows.readUInt16LE(0), windows.readUInt16LE(2), windows.readUInt16LE(4)]).toEqual([0, 1, 7]);
    const last = 6 + 6 * 16;
    expect(windows.readUInt32LE(last + 8) + windows.readUInt32LE(last + 12)).toBe(windows.length);
    const mac = inPackaging('icon.icns');
    expect(mac.toString('latin1', 0, 4)).toBe('icns');
    expect(mac.readUInt32BE(4)).toBe(mac.length);
  });

  test('are the ones that the drawing makes', () => {
    expect(inPackaging('icon.svg').toString()).toBe(pictogramSvg());
    for (const size of [16, 48]) {
      const drawn = encodePng(size, (column, row) => pictogramPixel(size, column, row));
      expect(pixelsOf(inPackaging(`icons/${size}x${size}.png`)).equals(pixelsOf(drawn)), `${size} pixels`).toBe(true);
    }
  });
});

/** What a PNG of ours shows: its one chunk of data stands behind signature and header. Computers pack the same pixels differently. */
function pixelsOf(png: Buffer): Buffer {
  return inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
}
