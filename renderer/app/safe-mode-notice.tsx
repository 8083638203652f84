import { Alert } from '@mantine/core';
import { IconLifebuoy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useAnswer } from '../host/queries.ts';

/** Says, for as long as it is so, that the API and sync are off because Fieldbook crashed several times. */
export function SafeModeNotice(): ReactNode {
  const info = useAnswer('host.info', {}).data;
  if (!info?.safeMode) return null;
  return (
    <Alert color="yellow" radius={0} icon={<IconLifebuoy aria-hidden />} role="status">
      <strong>Safe mode.</strong> Fieldbook stopped working several times in a row. Your contacts are all here; the local
      API and sync are off until you restart it.
    </Alert>
  );
}
