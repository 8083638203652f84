import { Kbd, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { commandGroups } from '../../shared/commands.ts';
import { useHost } from '../host/host-context.tsx';
import { commandsOf } from './commands.ts';
import { keyParts } from './keyboard.ts';
import classes from './shortcut-sheet.module.css';

/** Every command that has a key, with its keys. */
export function ShortcutSheet({ onClose }: { onClose: () => void }): ReactNode {
  const commands = commandsOf(useHost());
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size="46rem" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes.groups}>
        {commandGroups.map((group) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.heading}>{group}</h3>
            <dl className={classes.list}>
              {commands.filter((command) => command.group === group && command.keys).map(({ id, title, keys = [] }) => (
                <div key={id} className={classes.entry}>
                  <dt>{title}</dt>
                  <dd className={classes.keys}>
                    {keys.map((key) => (
                      <span key={key}>{keyParts(key).map((part) => <Kbd key={part} size="xs">{part}</Kbd>)}</span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
