/** A rectangle with rounded corners, in units of a picture that is 1024 wide and high. */
interface RoundedBox {
  x: number;
  y: number;
  width: number;
  height: number;
  radius: number;
  /** Red, green, blue, each 0 to 255. */
  colour: readonly [red: number, green: number, blue: number];
}

const units = 1024;
const pine = [32, 112, 79] as const;
const deepPine = [22, 84, 58] as const;
const paper = [250, 249, 247] as const;
const sand = [233, 220, 192] as const;
const amber = [214, 158, 92] as const;

/** The sign of Fieldbook: a bound book with a card on its cover, a person's head and shoulders, and two tabs. From back to front. */
const boxes: readonly RoundedBox[] = [
  { x: 800, y: 252, width: 84, height: 132, radius: 30, colour: sand },
  { x: 800, y: 430, width: 84, height: 132, radius: 30, colour: amber },
  { x: 148, y: 72, width: 696, height: 880, radius: 96, colour: deepPine },
  { x: 324, y: 72, width: 520, height: 880, radius: 96, colour: pine },
  { x: 324, y: 72, width: 104, height: 880, radius: 0, colour: pine },
  { x: 408, y: 244, width: 352, height: 440, radius: 56, colour: paper },
  { x: 516, y: 324, width: 136, height: 136, radius: 68, colour: pine },
  { x: 474, y: 492, width: 220, height: 128, radius: 64, colour: pine },
  { x: 408, y: 768, width: 352, height: 44, radius: 22, colour: sand },
];

/** The picture as SVG. */
export function pictogramSvg(): string {
  const shapes = boxes.map(({ x, y, width, height, radius, colour }) =>
    `  <rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="rgb(${colour.join(' ')})"/>`);
  return [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${units} ${units}">`, ...shapes, '</svg>', ''].join('\n');
}

/** Samples in each direction of a pixel: what makes the edges smooth. */
const samples = 4;

/** Red, green, blue and opacity (0 to 255) of a pixel of the picture drawn `size` pixels wide and high. */
export function pictogramPixel(size: number, column: number, row: number): number[] {
  let [red, green, blue, covered] = [0, 0, 0, 0];
  for (let sample = 0; sample < samples ** 2; sample += 1) {
    const x = ((column + ((sample % samples) + 0.5) / samples) / size) * units;
    const y = ((row + (Math.floor(sample / samples) + 0.5) / samples) / size) * units;
    const colour = boxes.findLast((box) => isInside(box, x, y))?.colour;
    if (!colour) continue;
    red += colour[0];
    green += colour[1];
    blue += colour[2];
    covered += 1;
  }
  if (covered === 0) return [0, 0, 0, 0];
  return [red / covered, green / covered, blue / covered, (covered / samples ** 2) * 255].map(Math.round);
}

function isInside({ x, y, width, height, radius }: RoundedBox, atX: number, atY: number): boolean {
  const fromEdgeX = Math.max(x + radius - atX, atX - (x + width - radius), 0);
  const fromEdgeY = Math.max(y + radius - atY, atY - (y + height - radius), 0);
  return Math.hypot(fromEdgeX, fromEdgeY) <= radius && atX >= x && atX < x + width && atY >= y && atY < y + height;
}
