import { handledSchemes } from './protocol.ts';

// Chromium cannot be taught a scheme over its protocol. So app://bundle/page is shown as
// https://bundle.app.app.stub/page, an address that exists nowhere and is answered before the network is asked.
const suffix = 'app.stub';

/** The address under which Chromium is shown an address of the app. Other addresses stay as they are. */
export function toChromium(url: string): string {
  const { protocol, host, pathname, search, hash } = new URL(url);
  const scheme = protocol.slice(0, -1);
  return handledSchemes().includes(scheme) ? `https://${host}.${scheme}.${suffix}${pathname}${search}${hash}` : url;
}

/** The inverse of toChromium: the address as the app knows it. */
export function fromChromium(url: string): string {
  const [, host, scheme, rest] = /^https:\/\/([^/?#]+)\.([\w+-]+)\.app\.stub(.*)$/s.exec(url) ?? [];
  return scheme === undefined ? url : `${scheme}://${host}${rest || '/'}`;
}

/** The origin of an address: `app://bundle` for app://bundle/page, 'null' for about:blank. */
export function originOf(url: string): string {
  if (!URL.canParse(url)) return 'null';
  const { protocol, host, origin } = new URL(url);
  return origin === 'null' && handledSchemes().includes(protocol.slice(0, -1)) ? `${protocol}//${host}` : origin;
}

/** A header value that names sources (a Content-Security-Policy, say) with the app's schemes as Chromium sees them. */
export function sourcesToChromium(headerValue: string): string {
  return handledSchemes().reduce(
    (value, scheme) =>
      value.replaceAll(new RegExp(`(?<![\\w.-])${scheme}:(?://([^\\s;,/]+))?`, 'g'), (_, host?: string) =>
        `https://${host ?? '*'}.${scheme}.${suffix}`),
    headerValue,
  );
}
