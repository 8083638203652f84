import { IconArrowsSplit2, IconClockUp, IconCloudX, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './sync-mark.module.css';
import type { SyncMark as Mark } from './use-sync-marks.ts';

export const markWords: Readonly<Record<Mark, { icon: Icon; words: string }>> = {
  waiting: { icon: IconClockUp, words: 'Waits to be sent' },
  conflict: { icon: IconArrowsSplit2, words: 'In conflict with the server' },
  refused: { icon: IconCloudX, words: 'Refused by the server' },
};

/** A small sign, with words, on a contact that is not as on the server. */
export function SyncMark({ mark }: { mark: Mark }): ReactNode {
  const { icon: MarkIcon, words } = markWords[mark];
  return (
    <span className={classes.mark} data-mark={mark} role="img" aria-label={words} title={words}>
      <MarkIcon size={15} stroke={1.8} aria-hidden />
    </span>
  );
}
