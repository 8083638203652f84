import {
  keepPreviousData, QueryClient, useMutation, useQuery, type UseMutationResult, type UseQueryResult,
} from '@tanstack/react-query';
import type { AppError } from '../../shared/errors.ts';
import type { HostEvent } from '../../shared/events.ts';
import type { CallName, Input, Output } from '../../shared/operations/index.ts';
import { useHost } from './host-context.tsx';
import { gather, throttle } from './throttle.ts';

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
/** The status itself comes with the event. */
const ofSync = ['sync.contacts', 'sync.conflicts', 'sync.parked', 'sync.outbox', 'sync.quarantine', 'sync.away'];
const ofAnyChange = ['host.info', 'undo.peek', 'contact.caller', 'contact.similar'];
/** Counts over the whole book, which cost the host much more than a contact does. */
const counts = ['tag.list', 'contact.count'];
const byType: Record<Exclude<HostEvent['type'], 'change' | 'bulk'>, string[]> = {
  import: ['import.get', 'import.list'],
  lists: ['tag.list', 'tag.level', 'employee.list', 'employee.members', 'project.list'],
  settings: ['settings.get', 'host.info'],
  tokens: ['token.list'],
  drafts: ['draft.list'],
  backups: ['backup.list'],
  notices: ['notice.list'],
  updates: ['update.status', 'news.get'],
  sync: ofSync,
};

/** Whether the answer kept under a key may differ after an event. */
export function isAffected(key: readonly unknown[], event: HostEvent): boolean {
  const [name, input] = key;
  if (typeof name !== 'string' || event.type === 'bulk') return true;
  if (event.type !== 'change') return byType[event.type].includes(name);
  if (ofAnyChange.includes(name) || counts.includes(name)) return true;
  const id = typeof input === 'object' && input !== null && 'id' in input ? input.id : undefined;
  return ofOneContact.includes(name) && id === event.change.contactId;
}

const soon = 30;
const later = 1_000;

/**
 * A listener that reads again what events may have changed: contacts at once and then every 30 ms at most, counts and
 * what sync has to tell a second later, so that a flood of changes never piles up requests, and a single one is shown
 * before anything is counted. Where sync stands is told by the event itself.
 */
export function createInvalidator(client: QueryClient): (events: HostEvent[]) => void {
  const isCostly = (key: readonly unknown[]): boolean => [...counts, ...ofSync].includes(String(key[0]));
  const readAtOnce = createLane(client, (run) => throttle(run, soon), (key) => !isCostly(key));
  const readLater = createLane(client, (run) => gather(run, later), isCostly);
  return (events) => {
    for (const event of events) if (event.type === 'sync') client.setQueryData(['sync.status', {}], event.status);
    readAtOnce(events);
    readLater(events);
  };
}

function createLane(
  client: QueryClient,
  pace: (run: () => void) => () => void,
  belongs: (key: readonly unknown[]) => boolean,
): (events: HostEvent[]) => void {
  let waiting: HostEvent[] = [];
  const run = pace(() => {
    const events = waiting;
    waiting = [];
    void client.invalidateQueries({
      predicate: ({ queryKey: key }) => belongs(key) && events.some((event) => isAffected(key, event)),
    });
  });
  return (events) => {
    waiting.push(...events);
    run();
  };
}
