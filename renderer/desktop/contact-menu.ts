import type { ContactRow } from '../../shared/operations/contacts.ts';
import type { ShellMenuItem } from '../../shared/shell.ts';
import { attempt, deleteContacts, restoreContacts } from '../app/book-actions.ts';
import type { CommandContext } from '../app/commands.ts';
import { mailLink, phoneLink } from '../detail/links.ts';

type Row = Pick<ContactRow, 'id' | 'name' | 'primaryEmail' | 'primaryPhone' | 'deletedAt'>;

interface Entry {
  id: string;
  label: string;
  run: (context: CommandContext) => void | Promise<void>;
}

/**
 * What the menu of a contact offers, in groups. `chosen` are the contacts that are chosen for an action on many: where
 * the contact is among them, the last group is about all of them.
 */
export function contactMenu(row: Row, chosen: ReadonlySet<string>): Entry[][] {
  const { id, name, primaryEmail: email, primaryPhone: phone, deletedAt } = row;
  const ids = chosen.has(id) ? [...chosen] : [id];
  const call = phone === null ? null : phoneLink(phone);
  const open: Entry = { id: 'open', label: 'Open', run: ({ store }) => store.getState().openContactPane(id) };
  const outside = (address: string) => (context: CommandContext) =>
    attempt(context, async () => void (await context.host.openExternal(address)));
  const copy = (text: string) => (context: CommandContext) => attempt(context, () => navigator.clipboard.writeText(text));
  const ofAll = ids.length === 1 ? '' : ` ${ids.length.toLocaleString()} contacts`;
  const groups: Entry[][] = [
    deletedAt === null
      ? [open, { id: 'edit', label: 'Edit', run: ({ store }) => store.getState().editContact(id) }]
      : [open],
    [
      ...(call === null ? [] : [{ id: 'call', label: `Call ${phone ?? name}`, run: outside(call) }]),
      ...(email === null ? [] : [{ id: 'mail', label: `Write to ${email}`, run: outside(mailLink(email)) }]),
    ],
    [
      ...(phone === null ? [] : [{ id: 'copy-phone', label: 'Copy number', run: copy(phone) }]),
      ...(email === null ? [] : [{ id: 'copy-email', label: 'Copy e-mail address', run: copy(email) }]),
    ],
    [
      deletedAt === null
        ? { id: 'delete', label: `Delete${ofAll}`, run: (context) => deleteContacts(context, ids) }
        : { id: 'restore', label: `Restore${ofAll}`, run: (context) => restoreContacts(context, ids) },
    ],
  ];
  return groups.filter((group) => group.length > 0);
}

const longestLabel = 80;

/** The groups as the desktop shows them, with a line between. */
export function shellItems(groups: readonly (readonly Entry[])[]): ShellMenuItem[] {
  return groups.flatMap((group, index): ShellMenuItem[] => [
    ...(index === 0 ? [] : (['separator'] as const)),
    ...group.map(({ id, label }) => ({ id, label: plainLabel(label) })),
  ]);
}

/** A contact's e-mail or phone may be anything; a label is one short line. */
function plainLabel(label: string): string {
  const line = label.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
  return line.length > longestLabel ? `${line.slice(0, longestLabel - 1).toWellFormed()}…` : line;
}
