import { readFileSync } from 'node:fs';
import { attachToTarget, browserSession, showsWindow } from './browser.ts';
import type { CdpSession } from './cdp.ts';
import { createCodec } from './codec.ts';
import { createContextBridge } from './context-bridge.ts';
import { bindingName, preloadWorld, receiverKey, type PreloadOptions } from './preload-world.ts';

export interface PageOptions {
  width: number;
  height: number;
  /** The path of the preload script. */
  preload?: string | undefined;
  additionalArguments?: string[] | undefined;
}

export interface Page {
  targetId: string;
  session: CdpSession;
}

let startupPageIsFree = showsWindow;

/**
 * Opens a page in the browser, blank, with the preload script set to run in each of its documents. `listen` is given
 * the page before anything can happen in it.
 */
export async function openPage(options: PageOptions, listen: (page: Page) => void): Promise<Page> {
  const targetId = (await takeStartupPage()) ?? (await createTarget(options));
  const session = await attachToTarget(targetId);
  const page = { targetId, session };
  listen(page);
  await Promise.all([
    session.send('Page.enable'),
    session.send('Runtime.enable'),
    session.send('Inspector.enable'),
    session.send('Runtime.addBinding', { name: bindingName }),
    session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: preloadSource(options) }),
  ]);
  return page;
}

/** Gives a page the size of its window, in device-independent pixels; at a zoom of 2 the page has half of them. */
export async function resizePage(page: Page, width: number, height: number, zoom: number): Promise<void> {
  const { targetId, session } = page;
  if (showsWindow) {
    const { windowId } = await session.send('Browser.getWindowForTarget', { targetId });
    await session.send('Browser.setWindowBounds', { windowId, bounds: { width, height } });
    return;
  }
  await session.send('Emulation.setDeviceMetricsOverride', {
    width: Math.round(width / zoom),
    height: Math.round(height / zoom),
    deviceScaleFactor: zoom === 1 ? 0 : zoom,
    mobile: false,
  });
}

async function createTarget({ width, height }: PageOptions): Promise<string> {
  const { targetId } = await browserSession().send('Target.createTarget', {
    url: 'about:blank',
    width,
    height,
    newWindow: true,
  });
  return targetId;
}

// A browser with a window opens one by itself at the start: the app's first window.
async function takeStartupPage(): Promise<string | undefined> {
  if (!startupPageIsFree) return undefined;
  startupPageIsFree = false;
  const { targetInfos } = await browserSession().send('Target.getTargets');
  return targetInfos.find(({ type }) => type === 'page')?.targetId;
}

function preloadSource({ preload, additionalArguments = [] }: PageOptions): string {
  const options: PreloadOptions = {
    argv: [process.execPath, ...additionalArguments],
    platform: process.platform,
    versions: { electron: process.versions['electron'] ?? '', chrome: process.versions['chrome'] ?? '' },
  };
  const names = { binding: bindingName, receiver: receiverKey };
  const script = preload ? readFileSync(preload, 'utf8') : '';
  return `(${String(preloadWorld)})(
    ${JSON.stringify(options)}, (${String(createCodec)})(), ${JSON.stringify(names)}, ${String(createContextBridge)},
    function (require, module, exports, process) {${script}\n});`;
}
