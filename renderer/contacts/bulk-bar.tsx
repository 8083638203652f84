import { Button, CloseButton, Menu } from '@mantine/core';
import { IconDownload, IconTrash, IconUserCircle, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Input } from '../../shared/operations/index.ts';
import { useApp } from '../app/app-store.ts';
import { attempt, countContacts, deleteContacts } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import classes from './bulk-bar.module.css';
import { BulkTags } from './bulk-tags.tsx';
import { types } from './contact-words.ts';
import { TypeLabel } from './type-label.tsx';
import { useNames } from './use-names.ts';

type Change = Omit<Input<'contact.changeMany'>, 'ids'>;

/** What can be done with all chosen contacts at once; every action is one step of undo. */
export function BulkBar(): ReactNode {
  const context = useCommandContext();
  const selection = useApp((state) => state.selection);
  const select = useApp((state) => state.select);
  const showDialog = useApp((state) => state.showDialog);
  const names = useNames();
  const ids = [...selection];

  const change = (what: Change): Promise<void> =>
    attempt(context, async () => {
      const { group, affected } = await context.host.call('contact.changeMany', { ids, ...what });
      context.notify({
        message: affected === 0 ? 'Nothing to change' : `Changed ${countContacts(affected)}`,
        step: group,
        ...(group === null ? {} : {
          action: {
            label: 'Undo',
            run: () => attempt(context, async () => void (await context.host.call('undo.undo', { group }))),
          },
        }),
      });
    });
  const act = (what: Change) => (): void => {
    void change(what).then(() => context.list()?.focus());
  };

  return (
    <div className={classes.bar} role="toolbar" aria-label="Selected contacts">
      <strong aria-live="polite">{selection.size.toLocaleString()} selected</strong>
      <BulkMenu label="Type" icon={<IconUsers size={15} aria-hidden />}>
        {types.map((type) => (
          <Menu.Item key={type} onClick={act({ contactType: type })}><TypeLabel type={type} /></Menu.Item>
        ))}
      </BulkMenu>
      <BulkTags onChange={(id, isGiven) => change(isGiven ? { addTags: [{ id }] } : { removeTags: [{ id }] })} />
      <BulkMenu label="Member" icon={<IconUserCircle size={15} aria-hidden />}>
        <Menu.Label>Add a member</Menu.Label>
        {[...names.members].map(([id, name]) => (
          <Menu.Item key={id} onClick={act({ addMembers: [{ id }] })}><bdi>{name}</bdi></Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Remove a member</Menu.Label>
        {[...names.members].map(([id, name]) => (
          <Menu.Item key={id} onClick={act({ removeMembers: [{ id }] })}><bdi>{name}</bdi></Menu.Item>
        ))}
      </BulkMenu>
      <Button
        size="compact-sm" variant="subtle" className={classes.button}
        leftSection={<IconDownload size={15} aria-hidden />}
        onClick={() => showDialog('export')}
      >
        Export
      </Button>
      <Button
        size="compact-sm" variant="subtle" color="red"
        leftSection={<IconTrash size={15} aria-hidden />}
        onClick={() => void deleteContacts(context, ids)}
      >
        Delete
      </Button>
      <CloseButton
        className={classes.close} aria-label="Clear selection"
        onClick={() => {
          select([]);
          context.list()?.focus();
        }}
      />
    </div>
  );
}

interface BulkMenuProps {
  label: string;
  icon: ReactNode;
  children: ReactNode;
}

function BulkMenu({ label, icon, children }: BulkMenuProps): ReactNode {
  return (
    <Menu position="bottom-start" shadow="md" returnFocus={false}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" className={classes.button} leftSection={icon}>{label}</Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>{children}</Menu.Dropdown>
    </Menu>
  );
}
