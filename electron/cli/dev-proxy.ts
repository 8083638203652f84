import type { ProxyOptions } from 'vite';

/**
 * Passes the calls of a page from Vite's server on to the headless host. That one refuses pages of other origins, so the
 * calls come as from its own; Vite listens on this computer only, like the host.
 */
export function devProxy(origin: string): Record<string, ProxyOptions> {
  return {
    '/api': {
      target: origin,
      changeOrigin: true,
      configure(proxy) {
        proxy.on('proxyReq', (request, { headers }) => {
          // That of any other page stays, and is refused.
          if (headers.origin === `http://${headers.host}`) request.setHeader('origin', origin);
        });
      },
    },
  };
}
