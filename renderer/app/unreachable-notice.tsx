import { Alert, Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useHost } from '../host/host-context.tsx';
import { useApp } from './app-store.ts';

/** Says that the host does not answer, while it does not; what was read stays on the screen. */
export function UnreachableNotice(): ReactNode {
  const reachable = useApp((state) => state.reachable);
  const client = useQueryClient();
  const { shell } = useHost();
  if (reachable) return null;
  return (
    <Alert color="red" radius={0} icon={<IconPlugConnectedX aria-hidden />} role="alert">
      Fieldbook does not answer this window. What you see may be old, and changes cannot be saved.{' '}
      {shell === 'browser' && 'If Fieldbook was started again, go on in the window that it opened. '}
      <Button size="compact-xs" variant="light" color="red" onClick={() => void client.invalidateQueries()}>
        Try again
      </Button>
    </Alert>
  );
}
