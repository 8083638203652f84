import { createRoot } from 'react-dom/client';
import { toAppError } from '../shared/errors.ts';
import { App } from './app/app.tsx';
import { findBridge } from './host/bridge.ts';

/** Shows the book in `root`; where the host cannot be reached, the reason in its place. */
export async function openWindow(root: HTMLElement): Promise<void> {
  try {
    createRoot(root).render(<App bridge={await findBridge()} />);
  } catch (thrown) {
    root.role = 'alert';
    root.className = 'fb-startup-problem';
    root.textContent = toAppError(thrown).message;
  }
}
