import type { ChangeKind } from '../../shared/operations/book.ts';
import type { JournalEntry } from '../../shared/operations/contacts.ts';
import { editsOf } from '../../shared/vcard/details.ts';
import type { Extra } from '../../shared/vcard/stored-card.ts';
import { budgetTypeLabels, contactTypeLabels, fieldLabels, inviteStatusLabels } from '../contact-form/field-labels.ts';

/** One line of a contact's history: a field with its values before and after, or a whole sentence. */
export type HistoryLine =
  | { kind: 'sentence'; text: string }
  | { kind: 'field'; label: string; old: string | null; new: string | null };

/** Everything that was done in one step. */
export interface HistoryStep {
  group: string;
  at: string;
  who: string;
  lines: HistoryLine[];
}

/** Finds the name of a tag, a member or a project; undefined when it is not known any more. */
export type NameOf = (set: 'tags' | 'members' | 'projects', id: string) => string | undefined;

/** The steps of a history, newest first, in words. */
export function historySteps(entries: readonly JournalEntry[], nameOf: NameOf): HistoryStep[] {
  const steps: HistoryStep[] = [];
  for (const entry of entries) {
    let step = steps.at(-1);
    if (step?.group !== entry.group) {
      step = { group: entry.group, at: entry.at, who: whoWords(entry.actor), lines: [] };
      steps.push(step);
    }
    step.lines.push(...linesOf(entry, nameOf));
  }
  return steps;
}

/** Who made a change, for the person at this computer. */
export function whoWords(actor: string): string {
  const known: Record<string, string> = { ui: 'You', import: 'Import', sync: 'Server' };
  return known[actor] ?? actor;
}

const sentences: Readonly<Record<Exclude<ChangeKind, 'updated'>, string>> = {
  created: 'Created', deleted: 'Moved to the trash', restored: 'Restored', purged: 'Erased',
};

function linesOf(entry: JournalEntry, nameOf: NameOf): HistoryLine[] {
  return entry.kind === 'updated' && entry.field === 'extra' ? extraLines(entry) : [lineOf(entry, nameOf)];
}

/** What changed of company, job and further details; of what a person never sees, only that it did. */
function extraLines({ old, new: next }: JournalEntry): HistoryLine[] {
  const [before, after] = [editsOf(old as Extra), editsOf(next as Extra)];
  const named = (['company', 'jobTitle'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field): HistoryLine => ({ kind: 'field', label: labelOf(field), old: before[field] || null, new: after[field] || null }));
  const gone = before.details.filter(({ key }) => !after.details.some((detail) => detail.key === key));
  const come = after.details.filter(({ key }) => !before.details.some((detail) => detail.key === key));
  const changed = gone.map(({ label, value }): HistoryLine => {
    const at = come.findIndex((detail) => detail.label === label);
    const became = at === -1 ? null : (come.splice(at, 1)[0]?.value ?? null);
    return { kind: 'field', label, old: value, new: became };
  });
  const added = come.map(({ label, value }): HistoryLine => ({ kind: 'field', label, old: null, new: value }));
  const lines = [...named, ...changed, ...added];
  return lines.length > 0 ? lines : [{ kind: 'sentence', text: 'Further properties changed' }];
}

function lineOf({ kind, field, old, new: next }: JournalEntry, nameOf: NameOf): HistoryLine {
  if (kind !== 'updated') return { kind: 'sentence', text: sentences[kind] };
  if (field === null) return { kind: 'sentence', text: 'Changed' };
  if (field === 'imageId') return { kind: 'sentence', text: next === null ? 'Image removed' : 'Image changed' };
  const bare = field.replace(/^contact\./, '');
  return { kind: 'field', label: labelOf(bare), old: valueWords(bare, old, nameOf), new: valueWords(bare, next, nameOf) };
}

const labels: Readonly<Record<string, string>> = { ...fieldLabels, imageUrl: 'Image address' };

function labelOf(field: string): string {
  return labels[field] ?? field;
}

const valueLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  contactType: contactTypeLabels,
  budgetType: budgetTypeLabels,
  inviteStatus: inviteStatusLabels,
};

function valueWords(field: string, value: unknown, nameOf: NameOf): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return value.toLocaleString();
  if (typeof value === 'string') return valueLabels[field]?.[value] ?? value;
  if (Array.isArray(value) && (field === 'tags' || field === 'members' || field === 'projects')) {
    return value.map((id) => nameOf(field, String(id)) ?? '(removed)').join(', ') || null;
  }
  return JSON.stringify(value);
}
