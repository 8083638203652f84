/**
 * The Content-Security-Policy of every page of Fieldbook, in the desktop window and in a browser: only its own
 * files, no inline script, no text that becomes script or markup, nowhere to send anything. `styleNonce` allows the one
 * inline style that carries it.
 */
export function contentSecurityPolicy(styleNonce?: string): string {
  const styles = styleNonce === undefined ? `'self'` : `'self' 'nonce-${styleNonce}'`;
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src ${styles}`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
}
