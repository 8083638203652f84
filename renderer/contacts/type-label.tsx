import type { ReactNode } from 'react';
import type { ContactType } from '../../shared/contact.ts';
import { typeWords } from './contact-words.ts';
import classes from './type-label.module.css';

/** The type of a contact, in words and with the colour it has everywhere. */
export function TypeLabel({ type }: { type: ContactType }): ReactNode {
  return (
    <span className={classes.type} data-type={type}>
      {typeWords[type].one}
    </span>
  );
}
