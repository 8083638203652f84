import {
  keepPreviousData, QueryClient, useMutation, useQuery, type UseMutationResult, type UseQueryResult,
} from '@tanstack/react-query';
import type { AppError } from '../../shared/errors.ts';
import type { HostEvent } from '../../shared/events.ts';
import type { CallName, Input, Output } from '../../shared/operations/index.ts';
import { useHost } from './host-context.tsx';
import { throttle } from './throttle.ts';

/** Answers never grow old by themselves: the host announces every change. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: Infinity, retry: false, networkMode: 'always', refetchOnWindowFocus: false },
      mutations: { networkMode: 'always' },
    },
  });
}

interface QueryOptions {
  enabled?: boolean;
  /** Show the answer to the former input until the answer to the new one is there. */
  keepPrevious?: boolean;
}

/** The answer of an operation, read again when the host announces that it may have changed. */
export function useAnswer<N extends CallName>(
  name: N,
  input: Input<N>,
  { enabled = true, keepPrevious = false }: QueryOptions = {},
): UseQueryResult<Output<N>, AppError> {
  const host = useHost();
  return useQuery<Output<N>, AppError>({
    queryKey: [name, input],
    queryFn: () => host.call(name, input),
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

/** A function that calls an operation which changes something, with its state for the button that starts it. */
export function useAction<N extends CallName>(name: N): UseMutationResult<Output<N>, AppError, Input<N>> {
  const host = useHost();
  return useMutation<Output<N>, AppError, Input<N>>({ mutationFn: (input) => host.call(name, input) });
}

const ofOneContact = ['contact.get', 'contact.history', 'image.get'];
/** Sums over the whole book, which cost the host more than one contact does. */
const summaries = ['host.info', 'undo.peek', 'tag.list', 'contact.count'];
const byType: Record<'import' | 'lists' | 'settings' | 'tokens' | 'drafts', string[]> = {
  import: ['import.get', 'import.list'],
  lists: ['tag.list', 'tag.level', 'employee.list', 'employee.members', 'project.list'],
  settings: ['settings.get', 'host.info'],
  tokens: ['token.list'],
  drafts: ['draft.list'],
};

/** Whether the answer kept under a key may differ after an event. */
export function isAffected(key: readonly unknown[], event: HostEvent): boolean {
  const [name, input] = key;
  if (typeof name !== 'string' || event.type === 'bulk') return true;
  if (event.type !== 'change') return byType[event.type].includes(name);
  if (summaries.includes(name)) return true;
  const id = typeof input === 'object' && input !== null && 'id' in input ? input.id : undefined;
  return ofOneContact.includes(name) && id === event.change.contactId;
}

/**
 * A listener that reads again what events may have changed: the first time at once, then no more often than is
 * useful, so that a flood of changes never piles up requests.
 */
export function createInvalidator(client: QueryClient): (events: HostEvent[]) => void {
  const detailLane = createLane(client, 30, (key) => !summaries.includes(String(key[0])));
  const summaryLane = createLane(client, 500, (key) => summaries.includes(String(key[0])));
  return (events) => {
    detailLane(events);
    summaryLane(events);
  };
}

function createLane(client: QueryClient, pause: number, belongs: (key: readonly unknown[]) => boolean) {
  let waiting: HostEvent[] = [];
  const run = throttle(() => {
    const events = waiting;
    waiting = [];
    void client.invalidateQueries({
      predicate: ({ queryKey: key }) => belongs(key) && events.some((event) => isAffected(key, event)),
    });
  }, pause);
  return (events: HostEvent[]): void => {
    waiting.push(...events);
    run();
  };
}
