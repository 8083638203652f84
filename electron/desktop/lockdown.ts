import type { App, Session, WebContents } from 'electron';

/** What our own page may do besides showing itself: put what a person copies on the clipboard. */
const granted = new Set(['clipboard-sanitized-write']);

/** Every page of every window stays where it is: no navigation away, no new windows, no web views, no permissions. */
export function lockDown(app: App, session: Session, pageOrigin: string): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(granted.has(permission) && isOwnPage(contents.getURL(), pageOrigin)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => granted.has(permission) && isOwnPage(origin, pageOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents: WebContents) => {
    const stay = (event: { preventDefault: () => void }, url: string) => {
      if (!isOwnPage(url, pageOrigin)) event.preventDefault();
    };
    contents.on('will-navigate', (event) => stay(event, event.url));
    contents.on('will-frame-navigate', (event) => stay(event, event.url));
    contents.on('will-redirect', (event) => stay(event, event.url));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Whether an address is our own page: compared as parsed, never by its beginning. */
export function isOwnPage(address: string, pageOrigin: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}` === pageOrigin;
}
