import { Alert, Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useHost } from '../host/host-context.tsx';
import { useApp } from './app-store.ts';

/** Says that the host does not answer, or not this window any more, while that is so; what was read and typed stays. */
export function UnreachableNotice(): ReactNode {
  const connection = useApp((state) => state.connection);
  const client = useQueryClient();
  const { shell } = useHost();
  if (connection === 'open') return null;
  return (
    <Alert color="red" radius={0} icon={<IconPlugConnectedX aria-hidden />} role="alert">
      {connection === 'lost' && (
        <>
          Fieldbook is not answering this window. What you see may be old, and changes cannot be saved.{' '}
          {shell === 'browser' && 'If it was closed, start it again. '}What you typed stays here.{' '}
          <Button size="compact-xs" variant="light" color="red" onClick={() => void client.invalidateQueries()}>
            Try again
          </Button>
        </>
      )}
      {connection === 'ended' &&
        'Fieldbook was restarted, and this window no longer belongs to it. Continue in the window that it ' +
          'opened; or open the new address in this tab, which keeps what you typed here.'}
    </Alert>
  );
}
