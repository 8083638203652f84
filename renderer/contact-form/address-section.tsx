import { Button, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import classes from './contact-form.module.css';
import { FormSection } from './form-section.tsx';
import { textProps, type FormControl } from './form-control.ts';
import type { TextField } from './form-values.ts';

/** Where the contact is. Coordinates, which few people type, are behind a button until there are some. */
export function AddressSection({ control }: { control: FormControl }): ReactNode {
  const { values, errors } = control.form;
  const hasPlace = (['latitude', 'longitude'] as const).some((field) => values[field] !== '' || errors[field] !== undefined);
  const [isOpen, setOpen] = useState(hasPlace);
  const text = (field: TextField) => ({ ...textProps(control, field), dir: 'auto', autoComplete: 'off' });
  return (
    <FormSection title="Address">
      <TextInput {...text('address')} className={classes.wide ?? ''} />
      <TextInput {...text('address2')} className={classes.wide ?? ''} />
      <TextInput {...text('postcode')} />
      <TextInput {...text('city')} />
      <TextInput {...text('regionCode')} />
      <TextInput {...text('country')} />
      {isOpen || hasPlace ? (
        <>
          <TextInput {...text('latitude')} inputMode="decimal" />
          <TextInput {...text('longitude')} inputMode="decimal" />
        </>
      ) : (
        <div className={classes.wide}>
          <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>More: place on the map</Button>
        </div>
      )}
    </FormSection>
  );
}
