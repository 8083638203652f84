import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Contact } from '../../shared/contact.ts';
import { useAnswer } from '../host/queries.ts';
import { fieldWord, valueWords } from './conflict-words.ts';
import classes from './duplicate-values.module.css';

const compared = [
  'name', 'contactType', 'primaryEmail', 'primaryPhone', 'contact.address', 'contact.postcode', 'contact.city', 'notes',
] as const;

/** Two contacts that may be the same person, side by side. */
export function DuplicateValues({ mineId, theirsId }: { mineId: string; theirsId: string }): ReactNode {
  const mine = useContact(mineId);
  const theirs = useContact(theirsId);
  if (!mine || !theirs) return null;
  const rows = compared
    .map((field) => ({ field, mine: valueIn(mine, field), theirs: valueIn(theirs, field) }))
    .filter((row) => row.mine !== null || row.theirs !== null);
  return (
    <table className={classes.table}>
      <thead>
        <tr><th scope="col"><VisuallyHidden>Field</VisuallyHidden></th><th scope="col">Mine</th><th scope="col">On the server</th></tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.field} data-same={row.mine === row.theirs || undefined}>
            <th scope="row">{fieldWord(row.field)}</th>
            {[row.mine, row.theirs].map((value, side) => (
              // Mine is always the first of the two.
              <td key={side} dir="auto">{value ?? <span className={classes.none}>empty</span>}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useContact(id: string): Contact | undefined {
  return useAnswer('contact.get', { id, data: { relations: ['contact'] }, withDeleted: true }).data;
}

function valueIn(contact: Contact, field: (typeof compared)[number]): string | null {
  const [first, second] = field.split('.');
  const owner: object = second === undefined ? contact : (contact.contact ?? {});
  return valueWords(field, new Map<string, unknown>(Object.entries(owner)).get(second ?? first ?? ''));
}
