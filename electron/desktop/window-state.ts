import { z } from 'zod';

const whole = z.number().int();
/** A rectangle in the desktop's device-independent pixels. */
export const bounds = z.object({ x: whole, y: whole, width: whole.positive(), height: whole.positive() });
export type Bounds = z.output<typeof bounds>;

/** How a window stood when it was last moved: its place without being maximized, and whether it was. */
export const savedWindow = bounds.extend({ maximized: z.boolean() });
export type SavedWindow = z.output<typeof savedWindow>;

const usual = { width: 1280, height: 800 };
export const smallest = { width: 640, height: 480 };
/** How much of a window must be on a display for a person to find and drag it, in pixels. */
const grip = { width: 120, height: 60 };
/** How far each further window stands from the one before. */
const step = 28;

/**
 * Where a window opens: where it was, if a display is still there; else in the middle of the first display. It is
 * never larger than the display nor partly outside it.
 * `areas` are the displays' work areas, without bars of the desktop, the primary one first. `others` is how many
 * windows are open: each stands a little lower, so that none hides another.
 */
export function placeWindow(saved: Bounds | null, areas: readonly [Bounds, ...Bounds[]], others = 0): Bounds {
  const home = saved && areas.map((area) => ({ area, shared: overlap(saved, area) }))
    .filter(({ shared }) => shared.width >= grip.width && shared.height >= grip.height)
    .toSorted((a, b) => b.shared.width * b.shared.height - a.shared.width * a.shared.height)[0]?.area;
  const area = home ?? areas[0];
  const size = {
    width: clamp(saved?.width ?? usual.width, Math.min(smallest.width, area.width), area.width),
    height: clamp(saved?.height ?? usual.height, Math.min(smallest.height, area.height), area.height),
  };
  const middle = { x: area.x + Math.round((area.width - size.width) / 2), y: area.y + Math.round((area.height - size.height) / 2) };
  const corner = saved && home ? { x: saved.x, y: saved.y } : middle;
  const shift = others * step;
  return {
    ...size,
    x: within(corner.x + shift, area.x, area.width - size.width),
    y: within(corner.y + shift, area.y, area.height - size.height),
  };
}

function overlap(a: Bounds, b: Bounds): { width: number; height: number } {
  return {
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

/** A coordinate that leaves at most `room` pixels free before it. */
function within(value: number, start: number, room: number): number {
  return clamp(value, start, start + Math.max(room, 0));
}
