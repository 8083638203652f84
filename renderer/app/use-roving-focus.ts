import { useEffect, type KeyboardEvent, type RefObject } from 'react';

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/**
 * Makes the buttons of a part one stop of the Tab key, whatever their number; the arrows go from one to the next. The
 * stop is the current one, or the one that has the focus. Returns the listener for the keys of the part.
 */
export function useRovingFocus(ref: RefObject<HTMLElement | null>): (event: KeyboardEvent) => void {
  const buttons = (): HTMLElement[] => [...(ref.current?.querySelectorAll('button') ?? [])];

  useEffect(() => {
    const all = buttons();
    stopAt(all, all.find((button) => button === document.activeElement || button.ariaCurrent !== null) ?? all[0]);
  });

  return (event) => {
    const step = steps[event.key];
    if (step === undefined) return;
    const all = buttons();
    const at = all.findIndex((button) => button === document.activeElement);
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    event.preventDefault();
    stopAt(all, next);
    next?.focus();
  };
}

function stopAt(all: readonly HTMLElement[], stop: HTMLElement | undefined): void {
  for (const button of all) button.tabIndex = button === stop ? 0 : -1;
}
