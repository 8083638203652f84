import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Release } from '../../shared/operations/updates.ts';
import { useReturnFocus } from '../app/use-return-focus.ts';
import classes from './news-dialog.module.css';

interface NewsDialogProps {
  releases: readonly Release[];
  onClose: () => void;
}

/** What changed in each version, as the changelog tells it. */
export function NewsDialog({ releases, onClose }: NewsDialogProps): ReactNode {
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title="What’s new" size="lg" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      {releases.map(({ version, date, groups }) => (
        <section key={version} className={classes.release}>
          <h3 className={classes.version}>Fieldbook {version} <time dateTime={date} className={classes.date}>{words(date)}</time></h3>
          {groups.map(({ title, items }) => (
            <div key={title}>
              <h4 className={classes.group}>{title}</h4>
              <ul className={classes.items}>{items.map((item) => <li key={item}>{item}</li>)}</ul>
            </div>
          ))}
        </section>
      ))}
    </Modal>
  );
}

function words(date: string): string {
  return new Date(date).toLocaleDateString(undefined, { dateStyle: 'long', timeZone: 'UTC' });
}
