import { Button, Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import type { MatchKey, StagedFile } from '../../shared/operations/imports.ts';
import { ColumnMapping } from './column-mapping.tsx';
import classes from './import-screen.module.css';
import type { ImportSession, ImportState } from './import-session.ts';
import { delimiterName, matchChoices, programName, sizeWords } from './import-words.ts';

interface ImportOptionsProps {
  session: ImportSession;
  state: Extract<ImportState, { step: 'options' }>;
}

/** What the file is, what its columns are, and how contacts that exist already are recognised. */
export function ImportOptions({ session, state }: ImportOptionsProps): ReactNode {
  const { file, mapping, match, isStarting } = state;
  return (
    <>
      <section className={classes.card} aria-label="The file">
        <strong dir="auto">{file.name}</strong>
        <span className={classes.quiet}>{fileWords(file)}</span>
      </section>
      {file.csv && <ColumnMapping csv={file.csv} mapping={mapping} onMap={session.mapColumn} />}
      <Radio.Group
        label="Which contacts are already in your book?"
        description="A row that belongs to one of them updates it; every other becomes a new contact."
        value={match}
        onChange={(key) => session.setMatch(key as MatchKey)}
      >
        <div className={classes.matches}>
          {matchChoices.map(({ value, label, explanation }) => (
            <Radio key={value} value={value} label={label} description={explanation} />
          ))}
        </div>
      </Radio.Group>
      <footer className={classes.actions}>
        <Button loading={isStarting} onClick={() => void session.preview()}>Preview</Button>
        <Button variant="default" onClick={session.reset}>Choose another file</Button>
      </footer>
    </>
  );
}

function fileWords(file: StagedFile): string {
  const kind = { csv: 'CSV', vcf: 'vCards', json: 'JSON' }[file.format];
  const size = sizeWords(file.size);
  if (!file.csv) return `${kind}, ${size}`;
  const program = programName(file.csv.program);
  const origin = program === null ? 'program not recognised: check the columns below' : `from ${program}`;
  const columns = `${file.csv.columns.length} columns separated by ${delimiterName(file.csv.delimiter)}`;
  return `${kind}, ${size}, ${origin}; ${columns}, ${file.csv.encoding.toUpperCase()}`;
}
