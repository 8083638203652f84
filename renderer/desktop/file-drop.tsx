import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useAppStore } from '../app/app-store.ts';
import { useHost } from '../host/host-context.tsx';
import classes from './file-drop.module.css';

/** A file dropped anywhere on the window opens the import with it; nothing is imported yet. */
export function FileDrop(): ReactNode {
  const host = useHost();
  const store = useAppStore();
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    async function take(file: File): Promise<void> {
      const { importSession } = await import('../import/import-session.ts');
      store.getState().showDialog(null);
      store.getState().goTo('imports');
      await importSession(host).choose(file);
    }
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      // Null once the pointer has left the window, and not only an element of it.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (event.defaultPrevented || !file) return;
      event.preventDefault();
      void take(file);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [host, store]);

  if (!isOver) return null;
  return (
    <div className={classes.veil} role="status">
      <div className={classes.sign}>
        <IconFileImport size={40} stroke={1.4} aria-hidden />
        Drop to see what would be imported
      </div>
    </div>
  );
}
