import { browserSession } from './browser.ts';
import type { SessionHooks } from './session.ts';

// Electron's name of a permission, and Chromium's.
const permissions: [string, string][] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['idle-detection', 'idle-detection'],
  ['storage-access', 'storage-access'],
  ['window-management', 'window-management'],
];

/**
 * Asks the app's two permission handlers about each permission and tells Chromium the answers for an origin: what
 * both allow, or what no handler has forbidden, is granted, as in Electron.
 * `origin` is the app's, `chromiumOrigin` the one Chromium sees.
 */
export async function applyPermissions(
  hooks: SessionHooks,
  contents: object,
  origin: string,
  chromiumOrigin: string,
): Promise<void> {
  const settings = await Promise.all(
    permissions.map(async ([permission, name]) => {
      const details = { requestingUrl: `${origin}/`, isMainFrame: true, mediaType: 'unknown' };
      const checked = hooks.permissionCheck?.(contents, permission, origin, details) ?? true;
      const granted = checked && (await requested(hooks, contents, permission, details));
      return { name, setting: granted ? ('granted' as const) : ('denied' as const) };
    }),
  );
  await Promise.all(
    settings.map(({ name, setting }) => {
      const params = { permission: { name }, setting, origin: chromiumOrigin };
      // A Chromium that does not know a permission does not offer it to pages either.
      return browserSession().send('Browser.setPermission', params).catch(() => {});
    }),
  );
}

function requested(hooks: SessionHooks, contents: object, permission: string, details: object): Promise<boolean> {
  const handler = hooks.permissionRequest;
  if (!handler) return Promise.resolve(true);
  return new Promise((resolve) => {
    handler(contents, permission, resolve, details);
  });
}
