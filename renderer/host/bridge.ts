import type { Bridge } from '../../shared/bridge.ts';
import { claimToken, createHttpBridge } from './http-bridge.ts';

/** What the preload of the desktop application puts into the page. */
interface DesktopWindow {
  fieldbook?: Bridge;
}

/**
 * The way to the host: the preload's in the desktop application, HTTP in a browser.
 * Throws AppError `unauthorized` in a browser that was not given a code by the host.
 */
export async function findBridge(): Promise<Bridge> {
  const { fieldbook } = window as DesktopWindow;
  if (fieldbook) return fieldbook;
  const claim = (): Promise<string> => claimToken(window.location, window.sessionStorage);
  const bridge = createHttpBridge(await claim());
  // The address of a host that was started anew, put into this tab, changes nothing but the fragment: the page stays,
  // with all that was typed into it.
  window.addEventListener('hashchange', () => void claim().then((token) => bridge.renew(token), () => undefined));
  return bridge;
}
