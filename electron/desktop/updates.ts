import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { Updater } from '../updates/updates.ts';

type Engine = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'channel' | 'allowPrerelease' | 'allowDowngrade' | 'checkForUpdates' | 'once' | 'quitAndInstall'
>;

export interface DesktopUpdaterDeps {
  app: Pick<App, 'isPackaged' | 'quit'>;
  /** Where a package keeps what is beside the archive. */
  resourcesPath: string;
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** Loads electron-updater: a program whose owner never asked for updates runs none of it. */
  load: () => Promise<Engine>;
}

export interface DesktopUpdater extends Updater {
  /** Takes the place of the last `quit`, when the book is closed: replaces the program if it was asked to. */
  finish(quit: () => void): void;
}

/**
 * Updates of a packed application by electron-updater; undefined where there is nothing it could do: a package made by
 * hand does not say where updates are published, and on Linux only AppImage, deb and rpm can be replaced.
 */
export function createDesktopUpdater({ app, resourcesPath, platform, env, load }: DesktopUpdaterDeps): DesktopUpdater | undefined {
  const isBeside = (file: string): boolean => existsSync(join(resourcesPath, file));
  const isReplaceable = platform !== 'linux' || env['APPIMAGE'] !== undefined || isBeside('package-type');
  if (!app.isPackaged || !isBeside('app-update.yml') || !isReplaceable) return undefined;

  let fetchedBy: Engine | undefined;
  let isWanted = false;
  return {
    async fetch(channel) {
      const engine = await load();
      engine.autoDownload = true;
      // An installer that starts by itself while the book is being closed could cut that short.
      engine.autoInstallOnAppQuit = false;
      engine.channel = channel === 'stable' ? 'latest' : channel;
      engine.allowPrerelease = channel !== 'stable';
      engine.allowDowngrade = false; // choosing a channel has allowed it
      const found = await engine.checkForUpdates();
      if (!found?.isUpdateAvailable) return null;
      await found.downloadPromise;
      fetchedBy = engine;
      return found.updateInfo.version;
    },
    install() {
      isWanted = true;
      app.quit();
    },
    finish(quit) {
      if (!isWanted || !fetchedBy) {
        quit();
        return;
      }
      fetchedBy.once('error', quit);
      fetchedBy.quitAndInstall(false, true);
    },
  };
}
