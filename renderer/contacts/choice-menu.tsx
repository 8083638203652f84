import { Button, Checkbox, Popover, Text, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { fold } from '../../shared/text.ts';
import classes from './choice-menu.module.css';

export interface Choice {
  id: string;
  name: string;
  label?: ReactNode;
}

interface ChoiceMenuProps {
  title: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** From this many choices on a person would rather type. */
const manyChoices = 8;
const shownAtOnce = 200;

/** A button that opens a list of choices, of which any number can be chosen; it says how many are. */
export function ChoiceMenu({ title, choices, chosen, onChange }: ChoiceMenuProps): ReactNode {
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState('');
  const wanted = fold(typed.trim());
  const shown = choices.filter(({ name }) => fold(name).includes(wanted)).slice(0, shownAtOnce);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus returnFocus withRoles>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant={chosen.length > 0 ? 'light' : 'subtle'}
          color={chosen.length > 0 ? 'pine' : 'gray'}
          className={chosen.length > 0 ? undefined : classes.quiet}
          rightSection={<IconChevronDown size={13} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {chosen.length > 0 ? `${title}: ${summary(choices, chosen)}` : title}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={title}>
        {choices.length >= manyChoices && (
          <TextInput
            size="xs"
            data-autofocus
            aria-label={`Find in ${title}`}
            placeholder="Type to find…"
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
              checked={chosen.includes(id)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(checked ? [...chosen, id] : chosen.filter((other) => other !== id))}
            />
          ))}
          {shown.length === 0 && <Text size="xs" c="dimmed">{choices.length === 0 ? 'There are none yet' : 'Nothing found'}</Text>}
        </div>
        {chosen.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>Any</Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function summary(choices: readonly Choice[], chosen: readonly string[]): string {
  const [only] = chosen;
  if (chosen.length > 1) return String(chosen.length);
  return choices.find(({ id }) => id === only)?.name ?? '1';
}
