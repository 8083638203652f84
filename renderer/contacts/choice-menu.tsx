import { Button, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { ChoiceList, type Choice } from './choice-list.tsx';
import classes from './choice-menu.module.css';

interface ChoiceMenuProps {
  title: string;
  icon: ReactNode;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** A button that opens a list of choices, of which any number can be chosen; it says how many are. */
export function ChoiceMenu({ title, icon, choices, chosen, onChange }: ChoiceMenuProps): ReactNode {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus returnFocus withRoles>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant={chosen.length > 0 ? 'light' : 'subtle'}
          color={chosen.length > 0 ? 'pine' : 'gray'}
          className={chosen.length > 0 ? classes.button : `${classes.button} ${classes.quiet}`}
          aria-label={chosen.length > 0 ? `${title}: ${chosen.length} selected` : title}
          title={title}
          rightSection={<IconChevronDown size={13} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.icon} aria-hidden>{icon}</span>
          <span className={classes.words}>{title}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={title}>
        <ChoiceList
          title={title}
          choices={choices}
          chosen={(id) => chosen.includes(id)}
          onChange={(id, isChosen) => onChange(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id))}
        />
        {chosen.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>Any</Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
