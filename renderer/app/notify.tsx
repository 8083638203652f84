import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import classes from './notify.module.css';

export interface Notice {
  message: string;
  tone?: 'plain' | 'problem';
  /** One thing to do about it; the notice goes away when it is chosen. */
  action?: { label: string; run: () => void | Promise<void> };
  /** The step of undo that it tells of: it goes away when that is undone in another way. */
  step?: string | null;
  /** It only confirms what a person sees anyway. */
  isBrief?: true;
}

/** Tells the person something in the corner of the window, for a while. */
export type Notify = (notice: Notice) => void;

/** How long notices stay, in milliseconds. */
const stay = { brief: 3_000, told: 4_000, plain: 8_000, problem: 10_000 };
/** The notice of each tone that is on the screen: what happened last is what a person wants to know. */
const shown = new Map<string, { id: string; step: string | null }>();

/** Shows a notice, in the place of the former one of its tone. */
export const notify: Notify = ({ message, tone = 'plain', action, step = null, isBrief }) => {
  hide(tone);
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
    autoClose: stay[isBrief ? 'brief' : tone === 'plain' && !action ? 'told' : tone],
    closeButtonProps: { 'aria-label': 'Close this notice' },
  });
  shown.set(tone, { id, step });
};

/** Takes the offer to undo a step away, because that was done otherwise. */
export function forgetStep(step: string): void {
  for (const [tone, notice] of shown) if (notice.step === step) hide(tone);
}

function hide(tone: string): void {
  const before = shown.get(tone);
  if (before) notifications.hide(before.id);
  shown.delete(tone);
}
