import { useEffect } from 'react';
import type { Host } from '../host/host.ts';
import { draftBox } from './draft-box.ts';

/** While text could not be kept in the book, the window does not close without a question. */
export function useClosingGuard(host: Host): void {
  useEffect(() => {
    const box = draftBox(host);
    const holdsText = (): boolean => [...box.unkept().values()].some((draft) => draft !== null);
    const { native } = host;
    if (native) {
      // A shell that does not answer is told of elsewhere.
      return box.subscribe(() => void native.ask({ kind: 'unkept', holdsText: holdsText() }).catch(() => undefined));
    }
    const onLeave = (event: BeforeUnloadEvent): void => {
      if (holdsText()) event.preventDefault();
    };
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, [host]);
}
