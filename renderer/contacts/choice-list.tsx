import { Checkbox, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { tagKey } from '../../shared/tag-name.ts';
import { fold } from '../../shared/text.ts';
import classes from './choice-menu.module.css';

export interface Choice {
  id: string;
  name: string;
  label?: ReactNode;
}

/** Whether a choice is made; 'some' where it is for a part of what is chosen. */
export type Chosen = boolean | 'some';

interface ChoiceListProps {
  title: string;
  choices: readonly Choice[];
  chosen: (id: string) => Chosen;
  onChange: (id: string, isChosen: boolean) => void;
  /** Offered for what was typed and is not among the choices. */
  create?: (name: string) => ReactNode;
}

/** From this many choices on a person would rather type. */
const manyChoices = 8;
const shownAtOnce = 200;

/** Choices with a field to find one by typing, once they are many or more can be made. */
export function ChoiceList({ title, choices, chosen, onChange, create }: ChoiceListProps): ReactNode {
  const [typed, setTyped] = useState('');
  const wanted = fold(typed.trim());
  const shown = choices.filter(({ name }) => fold(name).includes(wanted)).slice(0, shownAtOnce);
  const key = tagKey(typed);
  const canCreate = create !== undefined && wanted !== '' && !choices.some(({ name }) => tagKey(name) === key);
  return (
    <>
      {(choices.length >= manyChoices || create) && (
        <TextInput
          size="xs"
          data-autofocus
          aria-label={`Find in ${title}`}
          placeholder={create ? 'Find or create…' : 'Type to find…'}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <div className={classes.choices}>
        {shown.map(({ id, name, label }) => (
          <Checkbox
            key={id}
            size="xs"
            className={classes.choice}
            label={label ?? <bdi>{name}</bdi>}
            checked={chosen(id) === true}
            indeterminate={chosen(id) === 'some'}
            onChange={() => onChange(id, chosen(id) !== true)}
          />
        ))}
        {shown.length === 0 && !canCreate && (
          <Text size="xs" c="dimmed">{choices.length === 0 ? 'None yet' : 'Nothing found'}</Text>
        )}
      </div>
      {canCreate && create(typed.trim())}
    </>
  );
}
