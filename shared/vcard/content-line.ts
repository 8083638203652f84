import type { VCardParam, VCardProperty } from './property.ts';

const knownNames = new Set(
  (
    'ADR AGENT ANNIVERSARY BDAY CALADRURI CALURI CATEGORIES CLASS CLIENTPIDMAP EMAIL FBURL FN GENDER GEO IMPP KEY ' +
    'KIND LABEL LANG LOGO MAILER MEMBER N NAME NICKNAME NOTE ORG PHOTO PRODID PROFILE RELATED REV ROLE SORT-STRING ' +
    'SOUND SOURCE TEL TITLE TZ UID URL VERSION XML'
  ).split(' '),
);

/** Properties whose text programs write with bare line breaks. */
const broken = new Set(['NOTE', 'LABEL', 'ADR', 'AGENT', 'KEY', 'PHOTO', 'LOGO', 'SOUND', 'XML']);

/**
 * Whether a physical line starts a property, rather than going on with the value before it. Blanks before the colon are
 * forgiven where the name is one we know.
 */
export function startsProperty(line: string): boolean {
  const head = /^(?:[\w-]+\.)*([\w-]+)([ \t]*)(?:[;:]|$)/.exec(line);
  if (head === null) return false;
  const [, name = '', blanks] = head;
  if (blanks === '' && line.includes(':')) return true;
  return knownNames.has(name.toUpperCase()) || /^X-/i.test(name);
}

/** Whether a bare line break can be part of the value: not in a name, a number or an address of the web. */
export function mayHaveLineBreaks(head: string): boolean {
  const name = (/^(?:[\w-]+\.)*([\w-]+)/.exec(head)?.[1] ?? '').toUpperCase();
  return broken.has(name) || !knownNames.has(name);
}

/**
 * Reads one unfolded line, `undefined` if it is none. A line with only a name is a property with an empty value.
 * Group, name and parameters keep their case and order.
 */
export function parseContentLine(line: string): VCardProperty | undefined {
  const colon = valueStart(line);
  const head = line.slice(0, colon);
  const isBalanced = head.split('"').length % 2 === 1;
  const [path = '', ...params] = isBalanced ? splitUnquoted(head, ';') : head.split(';');
  const dot = path.lastIndexOf('.');
  const name = path.slice(dot + 1).replace(/[ \t]+$/, '');
  if (!/^[\w-]+$/.test(name)) return undefined;
  return {
    ...(dot > 0 ? { group: path.slice(0, dot) } : {}),
    name,
    params: params.map(parseParam),
    value: line.slice(colon + 1),
  };
}

/** Writes one line, unfolded. Whatever the property holds, the line is one line and reads back as one property. */
export function formatContentLine(property: VCardProperty): string {
  const group = property.group === undefined ? '' : `${property.group.replace(/[^\w.-]/g, '-')}.`;
  const params = property.params.map((param) => `;${formatParam(param)}`).join('');
  return `${group}${property.name.replace(/[^\w-]/g, '-')}${params}:${property.value.replace(/\r\n?|\n/g, '\\n')}`;
}

/** Where the first `:` outside quotes is; with quotes that never close, the first `:` at all; else the end. */
function valueStart(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') quoted = !quoted;
    else if (line[at] === ':' && !quoted) return at;
  }
  const first = line.indexOf(':');
  return first === -1 ? line.length : first;
}

function splitUnquoted(text: string, separator: ';' | ','): string[] {
  if (!text.includes('"')) return separator === ';' ? text.split(';') : text.split(/(?<!\\),/);
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === separator && !quoted && !(separator === ',' && text[at - 1] === '\\')) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function parseParam(text: string): VCardParam {
  const equals = text.indexOf('=');
  return equals === -1 ? ['', [text]] : [text.slice(0, equals), splitUnquoted(text.slice(equals + 1), ',').map(withoutStrayQuotes)];
}

/** A quote inside of a value cannot be written as it is: RFC 6868 has a way, which reads back the same. */
function withoutStrayQuotes(raw: string): string {
  const inner = /^"(.*)"$/s.exec(raw)?.[1] ?? raw;
  return inner.includes('"') ? `"${inner.replaceAll('"', "^'")}"` : raw;
}

function formatParam([name, values]: VCardParam): string {
  const list = values.map(formatParamValue).join(',');
  return name === '' ? list : `${name.replace(/[\s"=,.:;]/g, '-')}=${list}`;
}

function formatParamValue(raw: string): string {
  const line = raw.replace(/\r\n?|\n/g, '^n');
  if (/^"[^"]*"$/.test(line)) return line;
  return /[":;]/.test(line) ? `"${line.replaceAll('"', '')}"` : line;
}
