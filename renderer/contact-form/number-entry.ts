import { digitsOf } from '../../shared/text.ts';

/** The signs with which a locale writes numbers. */
interface NumberSigns {
  group: string;
  decimal: string;
}

function signsOf(locale: string): NumberSigns {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(-1_234_567.8);
  const sign = (type: Intl.NumberFormatPartTypes, otherwise: string) =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  return { group: sign('group', ','), decimal: sign('decimal', '.') };
}

/** A number as a person of this locale writes it, with every digit it has: 1234.5 is '1,234.5' or '1.234,5'. */
export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value);
}

/**
 * The number that a person typed, or undefined where it is none.
 * The locale decides between '1.234' and '1,234'; a point or comma that cannot be a sign of thousands is the decimal
 * sign whatever the locale, so that '12.5' is never read as 125.
 */
export function parseNumber(text: string, locale: string): number | undefined {
  const { group, decimal } = signsOf(locale);
  const [bare, sign] = withAsciiDigits(text.trim());
  const plain = withoutGroups(bare, group, decimal);
  if (plain === undefined) return undefined;
  const value = Number(plain);
  if (!Number.isFinite(value)) return undefined;
  return value === 0 ? 0 : sign * value;
}

/** The text with digits 0–9, without its sign, and that sign as a factor. */
function withAsciiDigits(text: string): [string, 1 | -1] {
  const ascii = text
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => digitsOf(digit))
    .replace(/[\u200e\u200f\u061c]/g, '');
  const match = /^([-+\u2212])\s*/.exec(ascii);
  if (!match) return [ascii, 1];
  return [ascii.slice(match[0].length), match[1] === '+' ? 1 : -1];
}

function withoutGroups(text: string, group: string, decimal: string): string | undefined {
  // Spaces and apostrophes are signs of thousands everywhere, and never decimal ones.
  const compact = text.replace(/(?<=\d)[\s'\u2019](?=\d)/g, '');
  const sign = escaped(group);
  const grouped = new RegExp(`^\\d{1,3}(?:${sign}\\d{2,3})*${sign}\\d{3}(?=$|${escaped(decimal)}\\d)`);
  const head = grouped.exec(compact)?.[0];
  const rest = head === undefined ? compact : head.replaceAll(group, '') + compact.slice(head.length);
  const withPoint = rest.replace(/[.,\u066b]/, '.');
  return /^(\d+\.?\d*|\.\d+)$/.test(withPoint) ? withPoint : undefined;
}

function escaped(sign: string): string {
  return sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
