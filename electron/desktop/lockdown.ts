import type { App, Session, WebContents } from 'electron';

/** The one thing a page may do besides showing itself: put what a person copies on the clipboard. Never read from it. */
const granted = new Set(['clipboard-sanitized-write']);

/**
 * Shuts every page of every window in, now and later: it stays where it is, opens nothing, downloads nothing and gets
 * no permission and no device. To be called before `ready`, so that no session and no window comes first.
 */
export function lockDown(app: App, pageOrigin: string): void {
  app.on('session-created', (session) => lockSession(session, pageOrigin));
  app.on('web-contents-created', (_event, contents) => lockContents(contents, pageOrigin));
}

/** The same for one session: the default one may be older than the listener. */
export function lockSession(session: Session, pageOrigin: string): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl, isMainFrame }) =>
    answer(granted.has(permission) && isMainFrame && isOwnPage(requestingUrl, pageOrigin)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => granted.has(permission) && isOwnPage(origin, pageOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  // Files leave through the operations that ask where to save them, never as a page's own download.
  session.on('will-download', (event) => event.preventDefault());
}

function lockContents(contents: WebContents, pageOrigin: string): void {
  const stay = (event: { url: string; preventDefault: () => void }): void => {
    if (!isOwnPage(event.url, pageOrigin)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Whether an address is our own page: compared as parsed, never by its beginning. */
export function isOwnPage(address: string, pageOrigin: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return `${protocol}//${host}` === pageOrigin && username === '' && password === '';
}
