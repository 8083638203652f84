import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { ContactSync } from '../../shared/operations/sync.ts';
import { useAnswer } from '../host/queries.ts';

export type SyncMark = Extract<ContactSync['state'], 'waiting' | 'conflict' | 'refused'>;

/** Milliseconds a list stands still before the marks of its rows are asked for. */
const settled = 120;
const mostAsked = 500;

/** The contacts of these that are not as on the server, and why. Nothing is asked while there are none in the book. */
export function useSyncMarks(ids: readonly string[]): ReadonlyMap<string, SyncMark> {
  const status = useAnswer('sync.status', {}).data;
  const isAny = status !== undefined && status.waiting + status.conflicts + status.parked > 0;
  const [key] = useDebouncedValue(ids.slice(0, mostAsked).join(), settled);
  const asked = useMemo(() => (key === '' ? [] : key.split(',')), [key]);
  const { data } = useAnswer('sync.contacts', { ids: asked }, { enabled: isAny && asked.length > 0, keepPrevious: true });
  return useMemo(() => {
    const marks = new Map<string, SyncMark>();
    if (isAny) for (const { id, state } of data ?? []) if (isMark(state)) marks.set(id, state);
    return marks;
  }, [isAny, data]);
}

function isMark(state: ContactSync['state']): state is SyncMark {
  return state === 'waiting' || state === 'conflict' || state === 'refused';
}
