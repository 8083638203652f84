type ProtocolHandler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, ProtocolHandler>();

/** Electron's protocol module: schemes served by the app itself. */
export const protocol = {
  registerSchemesAsPrivileged(): void {
    // Chromium sees each served scheme as https (see addresses.ts), so all privileges are there already.
  },
  handle(scheme: string, handler: ProtocolHandler): void {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    handlers.delete(scheme);
  },
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
};

/** The app's handler for the scheme of an address, if it has one. */
export function protocolHandler(url: string): ProtocolHandler | undefined {
  return handlers.get(schemeOf(url));
}

/** The schemes the app serves, without colon. */
export function handledSchemes(): string[] {
  return [...handlers.keys()];
}

function schemeOf(url: string): string {
  return url.slice(0, url.indexOf(':'));
}
