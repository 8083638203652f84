import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { budgetTypes, contactTypes, inviteStatuses } from '../../shared/contact.ts';
import { digitsOf } from '../../shared/text.ts';
import classes from './contact-form.module.css';
import { AddDetails, DetailRows } from './detail-rows.tsx';
import { budgetTypeLabels, contactTypeLabels, fieldLabels, inviteStatusLabels } from './field-labels.ts';
import { FormSection } from './form-section.tsx';
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
  const name = (field: TextField) => ({ ...textProps(control, field), dir: 'auto', autoComplete: 'off' });
  return (
    <div className={classes.grid}>
      <TextInput
        {...textProps(control, 'name')}
        className={classes.wide ?? ''}
        required
        dir="auto"
        autoComplete="off"
      />
      <TextInput {...name('firstName')} />
      <TextInput {...name('lastName')} />
      <TextInput {...name('company')} />
      <TextInput {...name('jobTitle')} />
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
  const { primaryPhone, country, details } = control.form.values;
  const hint = usePhoneHint(primaryPhone, country);
  const cannotBeCalled = primaryPhone.trim() !== '' && digitsOf(primaryPhone) === '';
  const remark = hint === null ? undefined : `Reads as ${hint}`;
  return (
    <FormSection title="Reach">
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
        description={cannotBeCalled ? 'There is no digit in it, so it cannot be called.' : remark}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      <TextInput
        {...textProps(control, 'website')}
        className={classes.roomy ?? ''}
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
      />
      <TextInput {...textProps(control, 'fax')} className={classes.roomy ?? ''} type="tel" autoComplete="off" />
      <DetailRows
        control={control}
        details={details.filter(({ kind }) => kind === 'mail' || kind === 'tel' || kind === 'url')}
      />
      <AddDetails control={control} />
    </FormSection>
  );
}

export function RelationsSection({ control }: SectionProps): ReactNode {
  return (
    <FormSection title="Tags and people">
      <div className={classes.wide}><TagsField control={control} /></div>
      <div className={classes.roomy}><MembersField control={control} /></div>
      <div className={classes.roomy}><ProjectsField control={control} /></div>
    </FormSection>
  );
}

const stateWords = {
  isActive: 'Someone you work with now',
  isArchived: 'Done with, and kept: it is still listed and found',
} as const;

export function WorkSection({ control }: SectionProps): ReactNode {
  const { locale, form: { values } } = control;
  const budget = textProps(control, 'budget');
  return (
    <FormSection title="Work">
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
        // What a budget is in says nothing while there is none.
        value={values.budgetType === '' || values.budget.trim() === '' ? null : values.budgetType}
        disabled={values.budget.trim() === ''}
        onChange={(type) => control.set('budgetType', type ?? '')}
        placeholder="Not said"
        clearable
        clearButtonProps={{ 'aria-label': 'Clear what the budget is in' }}
      />
      <TextInput {...textProps(control, 'fiscalInformation')} autoComplete="off" />
      <Select
        {...fieldProps(control, 'inviteStatus')}
        description="To see its own projects in Ever Gauzy"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
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
            description={stateWords[field]}
            data-field={field}
            checked={values[field]}
            onChange={(event) => control.set(field, event.currentTarget.checked)}
          />
        ))}
      </div>
    </FormSection>
  );
}

export function NotesSection({ control }: SectionProps): ReactNode {
  return (
    <FormSection title="Notes">
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
    </FormSection>
  );
}

/** What an import brought besides: birthdays, messengers, the columns of a CSV. Nothing where there is none. */
export function MoreSection({ control }: SectionProps): ReactNode {
  const details = control.form.values.details.filter(({ kind }) => kind === 'date' || kind === 'text');
  if (details.length === 0) return null;
  return (
    <FormSection title="More details">
      <DetailRows control={control} details={details} />
    </FormSection>
  );
}
