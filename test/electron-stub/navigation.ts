import type { EventEmitter } from 'node:events';
import { cancelableEvent } from './events.ts';
import type { Navigation } from './page-requests.ts';

/**
 * Asks the app's listeners, in Electron's order, whether a navigation that a page began may go on:
 * `will-redirect` for a redirect; else `will-frame-navigate` and, in the main frame, `will-navigate`.
 */
export function mayNavigate(
  contents: EventEmitter,
  navigation: Navigation,
  isMainFrame: boolean,
  frame: object,
): boolean {
  const { url, isRedirect } = navigation;
  const details = { url, isMainFrame, isSameDocument: false, frame: isMainFrame ? frame : null, initiator: frame };
  const names = isRedirect ? ['will-redirect'] : ['will-frame-navigate', ...(isMainFrame ? ['will-navigate'] : [])];
  return names.every((name) => {
    const event = cancelableEvent(details);
    // After the event come the arguments of Electron's older listeners.
    contents.emit(name, event, url, false, isMainFrame);
    return !event.defaultPrevented;
  });
}
