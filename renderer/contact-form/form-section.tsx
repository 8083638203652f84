import type { ReactNode } from 'react';
import classes from './contact-form.module.css';

/** Fields of the form that belong together, under their title. */
export function FormSection({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <fieldset className={classes.section}>
      <legend className={classes.legend}>{title}</legend>
      <div className={classes.grid}>{children}</div>
    </fieldset>
  );
}
