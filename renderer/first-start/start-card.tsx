import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './first-start.module.css';

interface StartCardProps {
  icon: ReactNode;
  title: string;
  text: string;
  /** The one that most people want. */
  isFirst?: boolean;
  isBusy?: boolean;
  onChoose: () => void;
}

/** One of the ways to begin. */
export function StartCard({ icon, title, text, isFirst = false, isBusy = false, onChoose }: StartCardProps): ReactNode {
  return (
    <button
      type="button" className={classes.card} data-first={isFirst || undefined} aria-busy={isBusy} disabled={isBusy}
      onClick={onChoose}
    >
      <span className={classes.icon}>{isBusy ? <Loader size={26} aria-label="Adding" /> : icon}</span>
      <span className={classes.cardTitle}>{title}</span>
      <span className={classes.cardText}>{text}</span>
    </button>
  );
}
