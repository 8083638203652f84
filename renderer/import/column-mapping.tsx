import { Button, NativeSelect } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { StagedFile } from '../../shared/operations/imports.ts';
import classes from './import-screen.module.css';
import type { Mapping } from './import-session.ts';
import { targets } from './import-words.ts';

interface ColumnMappingProps {
  csv: NonNullable<StagedFile['csv']>;
  mapping: Mapping;
  onMap: (column: string, field: string | null) => void;
}

const kept = { value: '', label: 'Kept with the contact' };
const choices = [kept, ...targets];
const shownSamples = 3;

/** What each column of the file becomes, with its first cells to recognise it by. */
export function ColumnMapping({ csv, mapping, onMap }: ColumnMappingProps): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const isNamed = Object.values(mapping).some((field) => field !== null && givesName.includes(field));
  // By what was recognised, so that no row moves while a person chooses; without a name all are to be looked through.
  const all = csv.columns.map((column, index) => ({ column, index }));
  const folded = isOpen || !isNamed ? [] : all.filter(({ column }) => !csv.mapping[column] && !mapping[column]);
  const shown = all.filter((each) => !folded.includes(each));
  return (
    <section className={classes.mapping}>
      <h2 className={classes.heading}>What the columns are</h2>
      <p className={classes.quiet}>
        {isNamed
          ? 'Columns without a field stay with the contact, are shown on it, and come out again when you export.'
          : 'Say which column holds the name; without one, no row can become a contact.'}
      </p>
      <div className={classes.tableFrame}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">First cells</th>
              <th scope="col">Becomes</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ column, index }) => (
              <tr key={column}>
                <th scope="row" dir="auto">{column === '' ? `Column ${index + 1}` : column}</th>
                <td className={classes.samples} dir="auto">{samplesOf(csv.sample, index)}</td>
                <td>
                  <NativeSelect
                    size="xs"
                    aria-label={`Field for ${column}`}
                    data={choicesFor(mapping[column])}
                    value={mapping[column] ?? kept.value}
                    onChange={({ currentTarget: { value } }) => onMap(column, value === kept.value ? null : value)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {folded.length > 0 && (
        <p className={classes.foldedColumns}>
          <span>{keptWords(folded.length)}</span>
          <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>Show them</Button>
        </p>
      )}
    </section>
  );
}

function keptWords(count: number): string {
  return count === 1 ? '1 more column is kept with the contact.' : `${count} more columns are kept with the contact.`;
}

/** The host makes a name of the first of these that is filled. */
const givesName = ['name', 'firstName', 'lastName', 'company', 'primaryEmail', 'primaryPhone'];

function samplesOf(rows: readonly (readonly string[])[], index: number): string {
  return rows.map((cells) => cells[index] ?? '').filter((cell) => cell !== '').slice(0, shownSamples).join(' · ');
}

/** A file of our own may name a field that is not offered otherwise. */
function choicesFor(field: string | null | undefined): { value: string; label: string }[] {
  if (!field || choices.some(({ value }) => value === field)) return choices;
  return [...choices, { value: field, label: field }];
}
