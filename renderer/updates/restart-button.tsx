import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';

/** Restarts into the newer version, or says why that has to wait. */
export function RestartButton({ size = 'sm' }: { size?: 'sm' | 'compact-sm' }): ReactNode {
  const context = useCommandContext();
  const restart = (): void => {
    void attempt(context, async () => void (await context.host.call('update.install', {})));
  };
  return <Button size={size} onClick={restart}>Restart and update</Button>;
}
