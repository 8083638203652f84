import { ActionIcon, Button, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import type { Detail } from '../../shared/vcard/details.ts';
import classes from './contact-form.module.css';
import type { FormControl } from './form-control.ts';

interface DetailRowsProps {
  control: FormControl;
  details: readonly Detail[];
}

/** Further e-mails, phones, links and whatever else came with the contact, each with its label, to change or remove. */
export function DetailRows({ control, details }: DetailRowsProps): ReactNode {
  const { details: all } = control.form.values;
  const change = (key: string, part: Partial<Detail>): void =>
    control.set('details', all.map((detail) => (detail.key === key ? { ...detail, ...part } : detail)));
  const remove = (key: string, event: MouseEvent): void => {
    // The keyboard goes on at the next thing that can be removed or added.
    focusAfter(event.currentTarget);
    control.set('details', all.filter((detail) => detail.key !== key));
  };
  return details.map((detail) => (
    <div key={detail.key} className={`${classes.wide} ${classes.detail}`}>
      <Value detail={detail} onChange={(value) => change(detail.key, { value })} />
      {isNew(detail) && (
        <TextInput
          className={classes.detailLabel ?? ''} label="Label" placeholder="work, home…" autoComplete="off" dir="auto"
          value={detail.label} onChange={(event) => change(detail.key, { label: event.currentTarget.value })}
        />
      )}
      <ActionIcon
        variant="subtle" color="gray" size={36} aria-label={`Remove ${nameOf(detail)}`} data-remove-detail
        onClick={(event) => remove(detail.key, event)}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </div>
  ));
}

const inputModes = { mail: 'email', tel: 'tel', url: 'url', date: 'text', text: 'text' } as const;

function Value({ detail, onChange }: { detail: Detail; onChange: (value: string) => void }): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  // What was just asked for is what a person types into next; one that a draft brought back has a value already.
  const isAsked = useRef(isNew(detail) && detail.value === '');
  useEffect(() => {
    if (isAsked.current) input.current?.focus();
  }, []);
  const props = { className: classes.detailValue ?? '', label: nameOf(detail), value: detail.value, autoComplete: 'off' };
  if (detail.isFixed) return <Textarea {...props} autosize readOnly variant="filled" dir="auto" />;
  if (detail.kind === 'text' || detail.value.includes('\n')) {
    return <Textarea {...props} autosize dir="auto" onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  return (
    <TextInput
      {...props} ref={input} inputMode={inputModes[detail.kind]} spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

const additions = [
  { kind: 'mail', field: 'primaryEmail', label: 'Add e-mail' },
  { kind: 'tel', field: 'primaryPhone', label: 'Add phone' },
  { kind: 'url', field: 'website', label: 'Add link' },
] as const;

/** One more e-mail, phone or link. The first goes into the contact's own field, where the list shows it. */
export function AddDetails({ control }: { control: FormControl }): ReactNode {
  const { values } = control.form;
  const add = (kind: Detail['kind']): void =>
    control.set('details', [...values.details, { key: `new:${crypto.randomUUID()}`, kind, label: '', value: '', isFixed: false }]);
  return (
    <div className={`${classes.wide} ${classes.additions}`}>
      {additions.map(({ kind, field, label }) => (
        <Button
          key={kind} variant="subtle" size="compact-sm" data-add-detail leftSection={<IconPlus size={14} aria-hidden />}
          onClick={(event) => {
            if (values[field].trim() !== '') add(kind);
            else event.currentTarget.closest('form')?.querySelector<HTMLElement>(`[data-field=${field}]`)?.focus();
          }}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}

function isNew({ key }: Detail): boolean {
  return key.startsWith('new:');
}

const words = { mail: 'e-mail', tel: 'phone', url: 'link', date: 'date', text: 'detail' } as const;

/** A detail as its field is called: by its own label, a new one by what it is. */
function nameOf(detail: Detail): string {
  return isNew(detail) ? `Further ${words[detail.kind]}` : detail.label;
}

function focusAfter(button: Element): void {
  const form = button.closest('form');
  const places = [...(form?.querySelectorAll<HTMLElement>('[data-remove-detail], [data-add-detail]') ?? [])];
  const at = places.findIndex((place) => place === button);
  (places[at + 1] ?? places[at - 1])?.focus();
}
