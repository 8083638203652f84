import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './import-screen.module.css';
import { sizeWords } from './import-words.ts';

interface SendingFileProps {
  name: string;
  sent: number;
  size: number;
}

/** How much of the file has been read in. */
export function SendingFile({ name, sent, size }: SendingFileProps): ReactNode {
  return (
    <section className={classes.card} aria-label="Reading the file">
      <strong dir="auto">{name}</strong>
      <Progress value={(sent / size) * 100} aria-label="Reading the file" />
      <output className={classes.quiet}>
        {sent < size ? `${sizeWords(sent)} of ${sizeWords(size)} read` : 'Checking what is in it…'}
      </output>
    </section>
  );
}
