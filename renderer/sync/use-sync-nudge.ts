import { useEffect } from 'react';
import type { Host } from '../host/host.ts';

/** Tells the host when the window comes to the front and when the network is back, which may be worth a sync. */
export function useSyncNudge(host: Host): void {
  useEffect(() => {
    const nudge = (reason: 'focus' | 'online'): void => {
      // A host that does not answer is told of elsewhere.
      host.call('sync.nudge', { reason }).catch(() => undefined);
    };
    const onFocus = (): void => nudge('focus');
    const onOnline = (): void => nudge('online');
    window.addEventListener('focus', onFocus);
    window.addEventListener('online', onOnline);
    return () => {
      window.removeEventListener('focus', onFocus);
      window.removeEventListener('online', onOnline);
    };
  }, [host]);
}
