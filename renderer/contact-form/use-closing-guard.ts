import { useEffect } from 'react';
import type { Host } from '../host/host.ts';
import { draftBox } from './draft-box.ts';

/** While text could not be kept in the book, the window does not close without a question. */
export function useClosingGuard(host: Host): void {
  useEffect(() => {
    const box = draftBox(host);
    const forms = (): number => [...box.unkept().values()].filter((draft) => draft !== null).length;
    const { native } = host;
    if (native) {
      // A shell that does not answer is told of elsewhere.
      return box.subscribe(() => void native.ask({ kind: 'unkept', forms: forms() }).catch(() => undefined));
    }
    const onLeave = (event: BeforeUnloadEvent): void => {
      if (forms() > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, [host]);
}
