import type { SyncConflict } from '../../shared/operations/sync.ts';
import { subjectWords } from './conflict-words.ts';

/** Conflicts of one kind and field, which can be answered alike. */
export interface ConflictGroup extends Pick<SyncConflict, 'kind' | 'field' | 'choices'> {
  key: string;
  label: string;
  count: number;
}

export function keyOfGroup({ kind, field }: Pick<SyncConflict, 'kind' | 'field'>): string {
  return `${kind} ${field ?? ''}`;
}

/** The groups of these conflicts, the largest first. */
export function groupsOf(conflicts: readonly SyncConflict[]): ConflictGroup[] {
  const groups = new Map<string, ConflictGroup>();
  for (const conflict of conflicts) {
    const key = keyOfGroup(conflict);
    const { kind, field, choices } = conflict;
    const group = groups.get(key) ?? { key, kind, field, choices, label: subjectWords(conflict), count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}
