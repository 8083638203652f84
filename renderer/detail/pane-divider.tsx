import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import classes from './pane-divider.module.css';
import { clampPaneWidth, narrowestPane, widestPane } from './pane-width.ts';

const keyStep = 24;

interface PaneDividerProps {
  /** The width of the pane behind the divider, in pixels. */
  width: number;
  onChange: (width: number) => void;
}

/** The line between list and pane: drag it, or move it with the arrow keys. */
export function PaneDivider({ width, onChange }: PaneDividerProps): ReactNode {
  function drag(event: PointerEvent<HTMLDivElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const right = event.currentTarget.parentElement?.getBoundingClientRect().right ?? window.innerWidth;
    onChange(clampPaneWidth(right - event.clientX));
  }

  function press(event: KeyboardEvent): void {
    const step = event.key === 'ArrowLeft' ? keyStep : event.key === 'ArrowRight' ? -keyStep : 0;
    if (step === 0) return;
    event.preventDefault();
    onChange(clampPaneWidth(width + step));
  }

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label="Width of the contact pane"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={narrowestPane}
      aria-valuemax={widestPane}
      className={classes.divider}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  );
}
