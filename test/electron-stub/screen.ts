import { EventEmitter } from 'node:events';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Display {
  id: number;
  label: string;
  scaleFactor: number;
  rotation: number;
  internal: boolean;
  bounds: Rectangle;
  workArea: Rectangle;
  size: { width: number; height: number };
  workAreaSize: { width: number; height: number };
}

/** A display with a bar of 40 pixels at its foot. */
function createDisplay(id: number, bounds: Rectangle): Display {
  const { width, height } = bounds;
  const workArea = { ...bounds, height: height - 40 };
  return {
    id,
    label: `Display ${id}`,
    scaleFactor: 1,
    rotation: 0,
    internal: id === 1,
    bounds,
    workArea,
    size: { width, height },
    workAreaSize: { width, height: height - 40 },
  };
}

/** Electron's screen: one display of 1920 x 1080 pixels. Tests may replace getAllDisplays. */
class Screen extends EventEmitter {
  readonly #displays = [createDisplay(1, { x: 0, y: 0, width: 1920, height: 1080 })];

  getAllDisplays(): Display[] {
    return this.#displays;
  }
  getPrimaryDisplay(): Display {
    const [primary] = this.getAllDisplays();
    if (!primary) throw new Error('There is no display');
    return primary;
  }
  getDisplayMatching(rectangle: Rectangle): Display {
    return this.#best((display) => overlap(display.bounds, rectangle));
  }
  getDisplayNearestPoint(point: { x: number; y: number }): Display {
    return this.#best(({ bounds }) =>
      -Math.hypot(point.x - bounds.x - bounds.width / 2, point.y - bounds.y - bounds.height / 2));
  }
  getCursorScreenPoint(): { x: number; y: number } {
    return { x: 0, y: 0 };
  }

  #best(score: (display: Display) => number): Display {
    return this.getAllDisplays().reduce((best, display) => (score(display) > score(best) ? display : best));
  }
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(width, 0) * Math.max(height, 0);
}

export const screen = new Screen();
