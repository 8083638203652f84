import { Alert, Button, VisuallyHidden } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';
import { actorWords } from './actor-words.ts';
import classes from './contact-form.module.css';
import { budgetTypeLabels, contactTypeLabels, fieldLabels, inviteStatusLabels } from './field-labels.ts';
import type { FormState } from './form-state.ts';
import type { FormField, FormValues } from './form-values.ts';

interface ConflictBannerProps {
  form: FormState;
  onDecide: (field: FormField, keep: 'mine' | 'theirs') => void;
  bannerRef: RefObject<HTMLDivElement | null>;
}

/** The contact was changed while its form was open: what both sides typed, and the choice field by field. */
export function ConflictBanner({ form, onDecide, bannerRef }: ConflictBannerProps): ReactNode {
  const { conflicts, values, base } = form;
  const decideAll = (keep: 'mine' | 'theirs'): void => conflicts.forEach(({ field }) => onDecide(field, keep));
  return (
    <Alert
      ref={bannerRef} tabIndex={-1} className={classes.notice ?? ''} color="orange" role="alert"
      icon={<IconGitMerge size={16} aria-hidden />}
      title={`This contact was changed ${actorWords(form.changedBy)}`}
    >
      <p className={classes.conflictIntro}>
        You and the other change differ. Choose what to keep; nothing is saved before.
      </p>
      <table className={classes.conflicts}>
        <thead>
          <tr>
            <th scope="col"><VisuallyHidden>Field</VisuallyHidden></th>
            <th scope="col">Mine</th>
            <th scope="col">Theirs</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map(({ field }) => (
            <tr key={field}>
              <th scope="row">{fieldLabels[field]}</th>
              {([['mine', values[field]], ['theirs', base[field]]] as const).map(([side, value]) => (
                <td key={side}>
                  <Value field={field} value={value} />
                  <Button
                    size="compact-xs" variant="default" onClick={() => onDecide(field, side)}
                    aria-label={`Keep ${side} for ${fieldLabels[field]}`}
                  >
                    Keep {side}
                  </Button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {conflicts.length > 1 && (
        <div className={classes.conflictAll}>
          <Button size="compact-xs" variant="light" onClick={() => decideAll('mine')}>Keep all mine</Button>
          <Button size="compact-xs" variant="light" onClick={() => decideAll('theirs')}>Keep all theirs</Button>
        </div>
      )}
    </Alert>
  );
}

function Value({ field, value }: { field: FormField; value: FormValues[FormField] }): ReactNode {
  const words = valueWords(field, value);
  if (words === '') return <span className={classes.empty}>empty</span>;
  return <span className={classes.value} dir="auto">{words}</span>;
}

function valueWords(field: FormField, value: FormValues[FormField]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string') return '';
  const labels: Partial<Record<FormField, Readonly<Record<string, string>>>> = {
    contactType: contactTypeLabels,
    budgetType: budgetTypeLabels,
    inviteStatus: inviteStatusLabels,
  };
  return labels[field]?.[value] ?? value;
}
