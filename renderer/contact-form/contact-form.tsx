import { Button, Loader } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { toAppError } from '../../shared/errors.ts';
import { useHost } from '../host/host-context.tsx';
import classes from './contact-form.module.css';
import { ContactFormBody } from './contact-form-body.tsx';
import { loadForm, type FormStart } from './load-form.ts';

export interface ContactFormProps {
  /** The contact's id, or the key of a new contact's form. */
  contactKey: string;
  /** With the contact's id when it was saved. */
  onClose: (savedId?: string) => void;
}

/** The form to create and to edit a contact, with what was typed before and not saved. */
export function ContactForm(props: ContactFormProps): ReactNode {
  return <LoadingForm key={props.contactKey} {...props} />;
}

// Not `navigator.language`: that may be no language tag at all ('en-US@posix').
const { locale } = new Intl.NumberFormat().resolvedOptions();

type Loaded = { start: FormStart } | { problem: string } | null;

function LoadingForm({ contactKey, onClose }: ContactFormProps): ReactNode {
  const host = useHost();
  const [loaded, setLoaded] = useState<Loaded>(null);

  useEffect(() => {
    let isCurrent = true;
    loadForm(host, contactKey, locale, () => crypto.randomUUID()).then(
      (start) => isCurrent && setLoaded({ start }),
      (thrown: unknown) => isCurrent && setLoaded({ problem: toAppError(thrown).message }),
    );
    return () => {
      isCurrent = false;
    };
  }, [host, contactKey]);

  if (loaded === null) {
    return <div className={classes.loading} aria-busy="true"><Loader size="sm" aria-label="Loading" /></div>;
  }
  if ('problem' in loaded) {
    return (
      <div className={classes.loading} role="alert">
        <p>This contact cannot be edited: {loaded.problem}</p>
        <Button variant="default" onClick={() => onClose()}>Back</Button>
      </div>
    );
  }
  return <ContactFormBody contactKey={contactKey} start={loaded.start} locale={locale} onClose={onClose} />;
}
