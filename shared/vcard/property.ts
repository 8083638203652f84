/** The versions that are read; 2.1 is never written. */
export type VCardVersion = '2.1' | '3.0' | '4.0';
export type WrittenVersion = Exclude<VCardVersion, '2.1'>;

/** A parameter: its name as written and its raw values, quotes included. A bare one (`TEL;WORK` of 2.1) is named ''. */
export type VCardParam = [name: string, values: string[]];

/** One line of a vCard, unfolded: `group.NAME;PARAM=a,b:value`. The value is raw: still escaped and encoded. */
export interface VCardProperty {
  group?: string;
  name: string;
  params: VCardParam[];
  value: string;
}

export type TransferEncoding = 'base64' | 'quoted-printable' | '8bit';

const leastPreferred = 101;

/** Whether a property has this name; names have no case. */
export function isNamed(property: VCardProperty, name: string): boolean {
  return property.name === name || (property.name.length === name.length && property.name.toUpperCase() === name);
}

/** The values of all parameters of this name, without quotes and with RFC 6868's circumflex escapes decoded. */
export function paramValues(property: VCardProperty, name: string): string[] {
  const found: string[] = [];
  for (const [paramName, values] of property.params) {
    if (paramName === name || paramName.toUpperCase() === name) found.push(...values.map(paramText));
  }
  return found;
}

/** A raw parameter value as text. */
export function paramText(raw: string): string {
  const bare = raw.startsWith('"') && raw.endsWith('"') && raw.length > 1 ? raw.slice(1, -1) : raw;
  if (!bare.includes('^')) return bare;
  return bare.replace(/\^[n'^]/g, (escape) => (escape === '^n' ? '\n' : escape === '^^' ? '^' : '"'));
}

/** Text as a raw parameter value: RFC 6868's escapes, and quotes where the grammar asks for them. */
export function paramOf(name: string, text: string): VCardParam {
  const escaped = text.replace(/\^/g, '^^').replace(/\r\n?|\n/g, '^n').replace(/"/g, "^'");
  return [name, [/[,:;]/.test(escaped) ? `"${escaped}"` : escaped]];
}

/** The property without the parameters of these names. */
export function withoutParams(property: VCardProperty, ...names: string[]): VCardProperty {
  return { ...property, params: property.params.filter((param) => !names.includes(param[0].toUpperCase())) };
}

/**
 * TYPE values in lower case, bare ones included. `TYPE="home,work"` and `TYPE=VOICE\,CELL`, both seen in the wild,
 * are lists.
 */
export function typesOf(property: VCardProperty): string[] {
  if (property.params.length === 0) return [];
  return [...paramValues(property, 'TYPE'), ...paramValues(property, '')]
    .flatMap((value) => value.split(/\\?,/))
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value !== '');
}

/** 1 for the most preferred to 100 (PREF of 4.0; TYPE=pref and the bare PREF are 1), 101 when nothing is said. */
export function preferenceOf(property: VCardProperty): number {
  if (property.params.length === 0) return leastPreferred;
  const [pref] = paramValues(property, 'PREF');
  if (pref !== undefined) {
    const rank = Number.parseInt(pref, 10);
    return rank >= 1 && rank <= 100 ? rank : 1;
  }
  return typesOf(property).includes('pref') ? 1 : leastPreferred;
}

/** How the value is encoded, as ENCODING or a bare parameter of 2.1 says. */
export function encodingOf(property: VCardProperty): TransferEncoding | undefined {
  for (const [name, values] of property.params) {
    if (name !== '' && name.toUpperCase() !== 'ENCODING') continue;
    const encoding = encodingNamed(paramText(values[0] ?? ''));
    if (encoding !== undefined) return encoding;
  }
  return undefined;
}

/** The encoding a parameter value names, `undefined` if it names something else. */
export function encodingNamed(value: string): TransferEncoding | undefined {
  switch (value.trim().toUpperCase()) {
    case 'B':
    case 'BASE64':
      return 'base64';
    case 'Q':
    case 'QUOTED-PRINTABLE':
      return 'quoted-printable';
    case '7BIT':
    case '8BIT':
      return '8bit';
    default:
      return undefined;
  }
}

/** The version of a card: its VERSION, or, without a known one, the version whose syntax it uses. */
export function versionOf(properties: readonly VCardProperty[]): VCardVersion {
  for (const property of properties) {
    const value = property.value.trim();
    if (isNamed(property, 'VERSION') && (value === '2.1' || value === '3.0' || value === '4.0')) return value;
  }
  const old = properties.some(
    (property) => property.params.some((param) => param[0] === '') || encodingOf(property) === 'quoted-printable',
  );
  return old ? '2.1' : '3.0';
}
