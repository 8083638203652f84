import type { Bridge } from '../../shared/bridge.ts';
import { claimToken, createHttpBridge } from './http-bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload of the desktop application. */
    readonly fieldbook?: Bridge;
  }
}

/**
 * The way to the host: the preload's in the desktop application, HTTP in a browser.
 * Throws AppError `unauthorized` in a browser that was not given a code by the host.
 */
export async function findBridge(): Promise<Bridge> {
  return window.fieldbook ?? createHttpBridge(await claimToken(window.location, window.sessionStorage));
}
