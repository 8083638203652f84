import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeWindow, type Bounds } from '../../../electron/desktop/window-state.ts';

const primary: Bounds = { x: 0, y: 0, width: 1920, height: 1040 };
const second: Bounds = { x: 1920, y: -200, width: 2560, height: 1400 };

test('a window opens where it was, on the display it was on', () => {
  const saved = { x: 2200, y: 100, width: 1000, height: 700 };
  expect(placeWindow(saved, [primary, second])).toEqual(saved);
});

test('a window of a display that is gone opens in the middle of the first one, with its size', () => {
  expect(placeWindow({ x: 2200, y: 100, width: 1000, height: 700 }, [primary])).toEqual({ x: 460, y: 170, width: 1000, height: 700 });
});

test('a window that is larger than its display is made to fit, and one that hangs over the edge is drawn in', () => {
  expect(placeWindow({ x: 0, y: 0, width: 4000, height: 3000 }, [primary])).toEqual(primary);
  expect(placeWindow({ x: 1700, y: 900, width: 1000, height: 700 }, [primary])).toEqual({ x: 920, y: 340, width: 1000, height: 700 });
});

test('the first window ever stands in the middle, and further ones do not hide each other', () => {
  expect(placeWindow(null, [primary])).toEqual({ x: 320, y: 120, width: 1280, height: 800 });
  const places = [0, 1, 2].map((others) => placeWindow(null, [primary], others));
  expect(new Set(places.map(({ x, y }) => `${x},${y}`)).size).toBe(3);
});

test('wherever a window was and whatever displays there are, it opens whole on one of them', () => {
  const area = fc.record({
    x: fc.integer({ min: -5000, max: 5000 }), y: fc.integer({ min: -5000, max: 5000 }),
    width: fc.integer({ min: 320, max: 5000 }), height: fc.integer({ min: 240, max: 3000 }),
  });
  const saved = fc.record({
    x: fc.integer(), y: fc.integer(), width: fc.integer({ min: 1, max: 100_000 }), height: fc.integer({ min: 1, max: 100_000 }),
  });
  fc.assert(
    fc.property(fc.option(saved), fc.tuple(area, fc.array(area, { maxLength: 3 })), fc.nat(50), (from, [first, more], others) => {
      const place = placeWindow(from, [first, ...more], others);
      const isWithin = [first, ...more].some(
        ({ x, y, width, height }) =>
          place.x >= x && place.y >= y && place.x + place.width <= x + width && place.y + place.height <= y + height,
      );
      expect(isWithin).toBe(true);
    }),
  );
});
