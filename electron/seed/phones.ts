import type { PhoneStyle } from './culture.ts';
import { fillPattern, type Random } from './random.ts';

/** Of ten people, so many write a number with its country code. */
const internationalShare = 0.6;

/** A phone that the country could have, in one of the ways people write it there or for abroad. */
export function writePhone(style: PhoneStyle, random: Random): string {
  const number = fillPattern(random.pick(style.patterns), random);
  return random.chance(internationalShare) ? abroad(style, number, random) : athome(style, number, random);
}

function abroad({ callingCode, trunk, exit = '00' }: PhoneStyle, number: string, random: Random): string {
  const compact = number.replaceAll(' ', '');
  switch (random.below(6)) {
    case 0:
      return `+${callingCode}${compact}`;
    case 1:
      return exit === null ? `+${callingCode} ${number}` : `${exit}${callingCode} ${number}`;
    case 2:
      return trunk === '0' ? `+${callingCode} (0)${number}` : `+${callingCode} ${number}`;
    case 3:
      return `+${callingCode}-${number.replaceAll(' ', '-')}`;
    default:
      return `+${callingCode} ${number}`;
  }
}

function athome({ trunk, separators, brackets }: PhoneStyle, number: string, random: Random): string {
  const [area = '', ...groups] = number.split(' ');
  if (random.chance(0.15)) return trunk.trim() + number.replaceAll(' ', '');
  const separator = random.pick(separators);
  if (brackets && groups.length > 0 && random.chance(0.4)) return `(${trunk}${area}) ${groups.join(separator)}`;
  return trunk + [area, ...groups].join(separator);
}
