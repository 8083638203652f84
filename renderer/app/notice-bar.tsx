import { Alert, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './notice-bar.module.css';

interface NoticeBarProps {
  color: string;
  icon: ReactNode;
  title?: string;
  /** What there is to say. */
  text: ReactNode;
  /** Said at once by a screen reader, in the midst of other things. */
  isUrgent?: boolean;
  /** What can be done about it, as buttons. */
  children: ReactNode;
}

/** A line above the screen that says something and offers what to do about it. */
export function NoticeBar({ color, icon, title, text, isUrgent = false, children }: NoticeBarProps): ReactNode {
  return (
    <Alert
      color={color} radius={0} icon={icon} title={title} role={isUrgent ? 'alert' : 'status'}
      classNames={{ root: classes.notice ?? '', label: classes.title ?? '', message: classes.body ?? '' }}
    >
      <p className={classes.text}>{text}</p>
      <Group gap="xs" className={classes.actions ?? ''}>{children}</Group>
    </Alert>
  );
}
