import { createRoot } from 'react-dom/client';
import { toAppError } from '../shared/errors.ts';
import { App } from './app/app.tsx';
import { findBridge } from './host/bridge.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

try {
  createRoot(root).render(<App bridge={await findBridge()} />);
} catch (thrown) {
  root.role = 'alert';
  root.className = 'fb-startup-problem';
  root.textContent = toAppError(thrown).message;
}
