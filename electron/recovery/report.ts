import type { RecoveryPlan } from './plan.ts';
import type { Unplaced } from './salvage.ts';

export interface ReportInput {
  at: string;
  plan: RecoveryPlan;
  chosen: 'salvage' | 'backup';
  /** What SQLite said about the damage. */
  messages: readonly string[];
  /** Where the damaged files are now. */
  quarantine: string;
}

/** Names of tables as a person would call what is in them. */
const words: Readonly<Record<string, string>> = {
  contact: 'contacts', contact_tag: 'tags on contacts', contact_member: 'members of contacts', contact_project: 'projects of contacts',
  tag: 'tags', employee: 'employees', project: 'projects', invoice: 'invoices', image: 'images', draft: 'unsaved forms',
  journal: 'changes in the history', journal_group: 'steps in the history', setting: 'settings', token: 'tokens of programs',
  import_job: 'reports of imports', idempotency: 'answers kept for programs', sync_outbox: 'changes that wait to be sent to the server',
  sync_link: 'links to the server',
};

/** One line on what became of a damaged book; the report begins with it. */
export function summaryOf({ plan, chosen }: Pick<ReportInput, 'plan' | 'chosen'>): string {
  const { salvage, backup, missing } = plan;
  if (chosen === 'backup' && backup) {
    return `The address book was damaged. The backup of ${moment(backup.madeAt)} with ${contacts(backup.contacts)} is in its place now.`;
  }
  const lost = salvage?.expected === null || salvage === null ? 0 : salvage.expected - salvage.contacts - salvage.trashed;
  const saved = `The address book was damaged. ${contacts(salvage?.contacts ?? 0)} could be saved`;
  if (lost > 0) return `${saved}; ${contacts(lost)} could not be read.`;
  return missing.total > 0 ? `${saved}; ${contacts(missing.total)} of the newest backup are not among them.` : `${saved}.`;
}

/** What a person needs to know after a repair: what is there, what is missing, and where the damaged files are. */
export function reportText(input: ReportInput): string {
  const { at, plan, chosen, messages, quarantine } = input;
  const { salvage, backup, missing } = plan;
  const sections = [
    `Fieldbook, ${moment(at)}\n\n${summaryOf(input)}`,
    `The damaged files were kept, all together, in\n${quarantine}`,
    salvage ? salvageSection(plan, chosen) : 'Nothing could be read of the damaged file.',
    backup
      ? `The newest sound backup is of ${moment(backup.madeAt)}: ${contacts(backup.contacts)}, and ${backup.trashed} in the trash.`
      : 'There is no sound backup.',
  ];
  if (missing.total > 0) {
    const more = missing.total - missing.names.length;
    sections.push(list('In the backup, but not in what could be read (or erased since)', missing.names, more));
  }
  if (salvage && salvage.unplaced.length > 0) sections.push(list('Read only in part, and not put back', salvage.unplaced.map(line), 0));
  if (messages.length > 0) sections.push(list('What SQLite said', messages, 0));
  return `${sections.join('\n\n')}\n`;
}

function salvageSection({ salvage }: RecoveryPlan, chosen: ReportInput['chosen']): string {
  if (!salvage) return '';
  const heading = chosen === 'salvage'
    ? 'Read from the damaged file, and in the book now:'
    : 'Read from the damaged file, and kept among the backups:';
  const rows = salvage.tables
    .filter(({ kept, unreadable }) => kept + unreadable > 0)
    .map(({ name, kept, unreadable }) => `  ${words[name] ?? name}: ${kept}${unreadable > 0 ? `, and ${unreadable} that could not be read` : ''}`);
  if (salvage.expected !== null) rows.push(`  The book itself counted ${contacts(salvage.expected)}, with those in the trash.`);
  if (salvage.damagedParts > 0) rows.push(`  Parts of the file that could not be read at all: ${salvage.damagedParts}`);
  if (salvage.lostLinks > 0) rows.push(`  Links to what is gone, taken out: ${salvage.lostLinks}`);
  return [heading, ...rows].join('\n');
}

function line({ table, values }: Unplaced): string {
  const shown = Object.entries(values).map(([name, value]) => `${name}: ${value}`).join(', ');
  return `${words[table] ?? table}: ${shown}`;
}

function list(heading: string, lines: readonly string[], more: number): string {
  const all = more > 0 ? [...lines, `and ${more} more`] : lines;
  return [`${heading}:`, ...all.map((text) => `  ${text}`)].join('\n');
}

/** A time as the person of this computer reads it. */
function moment(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' });
}

function contacts(count: number): string {
  return count === 1 ? '1 contact' : `${count} contacts`;
}
