import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Draft } from '../../shared/operations/book.ts';
import { useAnswer } from '../host/queries.ts';
import { useHost } from '../host/host-context.tsx';
import { draftBox, withUnkept } from './draft-box.ts';

interface Drafts {
  drafts: Draft[];
  refetch: () => void;
  forget: (keys: readonly string[]) => void;
}

/** The unsaved forms: those in the book, and those that could not be kept there yet. */
export function useDrafts(): Drafts {
  const box = draftBox(useHost());
  const client = useQueryClient();
  const answer = useAnswer('draft.list', {});
  const unkept = useSyncExternalStore(box.subscribe, box.unkept);
  return {
    drafts: withUnkept(answer.data ?? [], unkept),
    refetch: () => void answer.refetch(),
    forget(keys) {
      // Gone from the list at once: the book confirms it later.
      client.setQueryData<Draft[]>(['draft.list', {}], (before) => before?.filter(({ key }) => !keys.includes(key)));
      for (const key of keys) box.put(key, null);
    },
  };
}
