import { Button, FileButton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState, type DragEvent, type ReactNode } from 'react';
import { importEndings, largestImportWords } from '../../shared/import-file.ts';
import classes from './import-screen.module.css';

const accepted = [...importEndings, 'text/csv', 'text/vcard', 'application/json'].join(',');

/** Where a file is dropped or chosen. */
export function ChooseFile({ onChoose }: { onChoose: (file: File) => void }): ReactNode {
  const [isOver, setOver] = useState(false);
  function take(file: File | null | undefined): void {
    if (file) onChoose(file);
  }
  const dropTarget = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files[0]);
    },
  };
  return (
    <section className={classes.drop} aria-label="Choose a file" data-over={isOver || undefined} {...dropTarget}>
      <IconFileImport size={36} stroke={1.4} aria-hidden />
      <p className={classes.dropTitle}>Drop your address book here</p>
      <FileButton accept={accepted} onChange={take}>
        {(props) => <Button {...props}>Choose a file…</Button>}
      </FileButton>
      <p className={classes.quiet}>
        {importEndings.join(' ')}, up to {largestImportWords}. You see what will happen before anything is changed.
      </p>
    </section>
  );
}
