import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { onTestFinished } from 'vitest';
import type { Bridge } from '../../../shared/bridge.ts';
import type { AppStore } from '../../../renderer/app/app-store.ts';
import { Providers } from '../../../renderer/app/providers.tsx';

/** Draws a part of the window on top of a bridge, in a frame that fills the page; it is taken away after the test. */
export function show(bridge: Bridge, part: ReactNode, store?: AppStore): void {
  const frame = document.createElement('div');
  frame.style.cssText = 'display: grid; height: 100vh; overflow: hidden;';
  document.body.append(frame);
  const root = createRoot(frame);
  root.render(<Providers bridge={bridge} {...(store ? { store } : {})}>{part}</Providers>);
  onTestFinished(() => {
    root.unmount();
    frame.remove();
  });
}
