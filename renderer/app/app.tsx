import type { ReactNode } from 'react';
import { Providers, type AppProps } from './providers.tsx';
import { Workspace } from './workspace.tsx';

/** The whole window, on top of a way to the host. */
export function App(props: AppProps): ReactNode {
  return (
    <Providers {...props}>
      <Workspace />
    </Providers>
  );
}
