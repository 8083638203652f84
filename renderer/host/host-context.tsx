import { createContext, use } from 'react';
import type { Host } from './host.ts';

export const HostContext = createContext<Host | null>(null);

/** The host of this window. */
export function useHost(): Host {
  const host = use(HostContext);
  if (!host) throw new Error('useHost needs a HostContext around it');
  return host;
}
