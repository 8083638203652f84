import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { budgetTypes, contactTypes, inviteStatuses } from '../../shared/contact.ts';
import classes from './contact-form.module.css';
import { budgetTypeLabels, contactTypeLabels, fieldLabels, inviteStatusLabels } from './field-labels.ts';
import { fieldProps, textProps, type FormControl } from './form-control.ts';
import type { TextField } from './form-values.ts';
import { formatNumber, parseNumber } from './number-entry.ts';
import { MembersField, ProjectsField, TagsField } from './relation-fields.tsx';
import { usePhoneHint } from './use-phone-hint.ts';

interface SectionProps {
  control: FormControl;
}

function choices<T extends string>(
  values: readonly T[],
  labels: Readonly<Record<T, string>>,
): { value: T; label: string }[] {
  return values.map((value) => ({ value, label: labels[value] }));
}

const typeChoices = choices(contactTypes, contactTypeLabels);
const budgetChoices = choices(budgetTypes, budgetTypeLabels);
const inviteChoices = choices(inviteStatuses, inviteStatusLabels);

export function IdentitySection({ control }: SectionProps): ReactNode {
  const { values } = control.form;
  return (
    <div className={classes.grid}>
      <TextInput
        {...textProps(control, 'name')}
        className={classes.wide ?? ''}
        required
        dir="auto"
        autoComplete="off"
      />
      <Select
        {...fieldProps(control, 'contactType')}
        data={typeChoices}
        value={values.contactType}
        onChange={(type) => type && control.set('contactType', type)}
        allowDeselect={false}
      />
    </div>
  );
}

export function ReachSection({ control }: SectionProps): ReactNode {
  const { primaryPhone, country } = control.form.values;
  const hint = usePhoneHint(primaryPhone, country);
  return (
    <Section title="Reach">
      <TextInput
        {...textProps(control, 'primaryEmail')}
        className={classes.roomy ?? ''}
        inputMode="email"
        spellCheck={false}
        autoComplete="off"
      />
      <TextInput
        {...textProps(control, 'primaryPhone')}
        className={classes.roomy ?? ''}
        type="tel"
        autoComplete="off"
        description={hint === null ? undefined : `Reads as ${hint}`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      <TextInput
        {...textProps(control, 'website')}
        className={classes.wide ?? ''}
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
      />
    </Section>
  );
}

export function RelationsSection({ control }: SectionProps): ReactNode {
  return (
    <Section title="Tags and people">
      <div className={classes.wide}><TagsField control={control} /></div>
      <div className={classes.roomy}><MembersField control={control} /></div>
      <div className={classes.roomy}><ProjectsField control={control} /></div>
    </Section>
  );
}

export function WorkSection({ control }: SectionProps): ReactNode {
  const { locale, form: { values } } = control;
  const budget = textProps(control, 'budget');
  return (
    <Section title="Work">
      <TextInput
        {...budget}
        inputMode="decimal"
        autoComplete="off"
        placeholder={formatNumber(1500, locale)}
        onBlur={() => {
          // Shown as it was read, so that a mistaken sign of thousands is seen at once.
          const value = parseNumber(values.budget, locale);
          if (value !== undefined && formatNumber(value, locale) !== values.budget) {
            control.set('budget', formatNumber(value, locale));
          }
          budget.onBlur();
        }}
      />
      <Select
        {...fieldProps(control, 'budgetType')}
        data={budgetChoices}
        value={values.budgetType === '' ? null : values.budgetType}
        onChange={(type) => control.set('budgetType', type ?? '')}
        placeholder="Not said"
        clearable
        clearButtonProps={{ 'aria-label': 'Clear what the budget is in' }}
      />
      <Select
        {...fieldProps(control, 'inviteStatus')}
        data={inviteChoices}
        value={values.inviteStatus === '' ? null : values.inviteStatus}
        onChange={(status) => control.set('inviteStatus', status ?? '')}
        placeholder="Not said"
        clearable
        clearButtonProps={{ 'aria-label': 'Clear the invitation' }}
      />
      <div className={classes.checks}>
        {(['isActive', 'isArchived'] as const).map((field) => (
          <Checkbox
            key={field}
            label={fieldLabels[field]}
            data-field={field}
            checked={values[field]}
            onChange={(event) => control.set(field, event.currentTarget.checked)}
          />
        ))}
      </div>
    </Section>
  );
}

export function NotesSection({ control }: SectionProps): ReactNode {
  return (
    <Section title="Notes">
      <Textarea
        {...textProps(control, 'notes')}
        label={undefined}
        aria-label="Notes"
        className={classes.wide ?? ''}
        autosize
        minRows={3}
        maxRows={16}
        spellCheck
        dir="auto"
      />
    </Section>
  );
}

export function AddressSection({ control }: SectionProps): ReactNode {
  const text = (field: TextField) => ({ ...textProps(control, field), dir: 'auto', autoComplete: 'off' });
  return (
    <Section title="Address">
      <TextInput {...text('firstName')} />
      <TextInput {...text('lastName')} />
      <TextInput {...text('address')} className={classes.wide ?? ''} />
      <TextInput {...text('address2')} className={classes.wide ?? ''} />
      <TextInput {...text('postcode')} />
      <TextInput {...text('city')} />
      <TextInput {...text('regionCode')} />
      <TextInput {...text('country')} />
      <TextInput {...text('fax')} />
      <TextInput {...text('fiscalInformation')} />
      <TextInput {...text('latitude')} inputMode="decimal" />
      <TextInput {...text('longitude')} inputMode="decimal" />
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <fieldset className={classes.section}>
      <legend className={classes.legend}>{title}</legend>
      <div className={classes.grid}>{children}</div>
    </fieldset>
  );
}
