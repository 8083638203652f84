import type { ReactNode } from 'react';
import classes from './list-message.module.css';

interface ListMessageProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
}

/** What stands in the place of a list that has nothing to show: why, and what to do about it. */
export function ListMessage({ icon, title, children }: ListMessageProps): ReactNode {
  return (
    <div className={classes.message} role="status">
      <span className={classes.icon} aria-hidden>{icon}</span>
      <h2 className={classes.title}>{title}</h2>
      {children}
    </div>
  );
}
