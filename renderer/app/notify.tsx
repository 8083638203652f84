import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import classes from './notify.module.css';

export interface Notice {
  message: string;
  tone?: 'plain' | 'problem';
  /** One thing to do about it; the notice goes away when it is chosen. */
  action?: { label: string; run: () => void | Promise<void> };
}

/** Tells the person something in the corner of the window, for a while. */
export type Notify = (notice: Notice) => void;

export const notify: Notify = ({ message, tone = 'plain', action }) => {
  const id = notifications.show({
    message: (
      <div className={classes.notice}>
        <span dir="auto">{message}</span>
        {action && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              notifications.hide(id);
              void action.run();
            }}
          >
            {action.label}
          </Button>
        )}
      </div>
    ),
    ...(tone === 'problem' ? { color: 'red', role: 'alert' } : { role: 'status' }),
    autoClose: tone === 'problem' ? 10_000 : 8_000,
    closeButtonProps: { 'aria-label': 'Close this notice' },
  });
};
