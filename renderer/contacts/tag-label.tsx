import type { ReactNode } from 'react';
import classes from './tag-label.module.css';

interface TagLabelProps {
  name: string;
  /** A CSS colour; one that the browser cannot read shows as no colour. */
  color: string;
}

/** The name of a tag with its colour beside it, so that any colour is readable on any ground. */
export function TagLabel({ name, color }: TagLabelProps): ReactNode {
  return (
    <span className={classes.tag} title={name}>
      <span className={classes.dot} style={{ backgroundColor: color }} />
      <bdi className={classes.name}>{name}</bdi>
    </span>
  );
}
