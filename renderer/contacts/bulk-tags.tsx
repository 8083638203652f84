import { Button, Popover } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { tagColor } from '../../shared/tag-color.ts';
import { useApp } from '../app/app-store.ts';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import barClasses from './bulk-bar.module.css';
import { ChoiceList, type Chosen } from './choice-list.tsx';
import menuClasses from './choice-menu.module.css';
import { TagLabel } from './tag-label.tsx';
import { useNames } from './use-names.ts';

interface BulkTagsProps {
  /** Gives all chosen contacts a tag, or takes it from all. */
  onChange: (id: string, isGiven: boolean) => Promise<void>;
}

/** The tags of all chosen contacts: given, not given, or given to some; a new one is made in place. */
export function BulkTags({ onChange }: BulkTagsProps): ReactNode {
  const context = useCommandContext();
  const [opened, setOpened] = useState(false);
  const [given, setGiven] = useState<ReadonlyMap<string, boolean>>(new Map());
  const selection = useApp((state) => state.selection);
  const { tags } = useNames();

  // What was pressed here counts before the list has been read again.
  const stateOf = (id: string): Chosen => given.get(id) ?? tagState(id, selection, (each) => context.list()?.rowOf(each)?.tags);

  function give(id: string, isGiven: boolean): void {
    setGiven(new Map([...given, [id, isGiven]]));
    void onChange(id, isGiven);
  }

  function create(name: string): void {
    void attempt(context, async () => {
      const { id } = await context.host.call('tag.create', { name, color: tagColor(name) });
      give(id, true);
    });
  }

  return (
    <Popover
      opened={opened} position="bottom-start" shadow="md" trapFocus withRoles
      onChange={setOpened} onClose={() => context.list()?.focus()}
    >
      <Popover.Target>
        <Button
          size="compact-sm" variant="subtle" className={barClasses.button} leftSection={<IconTag size={15} aria-hidden />}
          onClick={() => {
            setGiven(new Map());
            setOpened(!opened);
          }}
        >
          Tag
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={menuClasses.dropdown} aria-label="Tags of the selected contacts">
        <ChoiceList
          title="tags"
          choices={[...tags].map(([id, tag]) => ({ id, name: tag.name, label: <TagLabel {...tag} /> }))}
          chosen={stateOf}
          onChange={give}
          create={(name) => (
            <Button size="compact-sm" variant="light" onClick={() => create(name)}>Create “{name}”</Button>
          )}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Beyond this many, the rows that the list has at hand are a part only. */
const mostAtHand = 1_000;

function tagState(tag: string, ids: ReadonlySet<string>, tagsOf: (id: string) => readonly string[] | undefined): Chosen {
  if (ids.size > mostAtHand) return 'some';
  const states = new Set([...ids].map((id) => tagsOf(id)?.includes(tag) ?? 'some'));
  const [only] = states;
  return states.size === 1 && only !== undefined ? only : 'some';
}
