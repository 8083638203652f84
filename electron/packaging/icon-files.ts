import { encodePng } from '../desktop/icon.ts';
import { pictogramPixel, pictogramSvg } from './pictogram.ts';

/** The sizes that Linux desktops look for, in pixels. */
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const;
const windowsSizes = [16, 24, 32, 48, 64, 128, 256] as const;
/** The types of an .icns file that hold a PNG, with the size of each. Source: Apple's list as libicns documents it. */
const macTypes = { icp4: 16, icp5: 32, ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 };

/** Every icon file that the packages need, by its name in this folder. The same each time. */
export function iconFiles(): Map<string, Buffer> {
  const drawn = new Map<number, Buffer>();
  const png = (size: number): Buffer => {
    const known = drawn.get(size) ?? encodePng(size, (column, row) => pictogramPixel(size, column, row));
    drawn.set(size, known);
    return known;
  };
  return new Map([
    ['icon.svg', Buffer.from(pictogramSvg())],
    ['icon.ico', windowsIcon(windowsSizes.map((size) => ({ size, png: png(size) })))],
    ['icon.icns', macIcon(Object.entries(macTypes).map(([type, size]) => ({ type, png: png(size) })))],
    ...linuxSizes.map((size): [string, Buffer] => [`icons/${size}x${size}.png`, png(size)]),
  ]);
}

/** An .ico of PNGs: a header, a directory of 16 bytes each, then the pictures. */
function windowsIcon(pictures: readonly { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + pictures.length * 16);
  head.writeUInt16LE(1, 2); // an icon, not a cursor
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + index * 16;
    head.writeUInt8(size % 256, at); // 256 is written as 0
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4); // colour planes
    head.writeUInt16LE(32, at + 6); // bits a pixel
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** An .icns: a header with the length of the file, then each picture behind its type and length. */
function macIcon(pictures: readonly { type: string; png: Buffer }[]): Buffer {
  const parts = pictures.flatMap(({ type, png }) => [tagged(type, png.length), png]);
  const length = parts.reduce((total, part) => total + part.length, 0);
  return Buffer.concat([tagged('icns', length), ...parts]);
}

function tagged(type: string, length: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(length + 8, 4);
  return head;
}
