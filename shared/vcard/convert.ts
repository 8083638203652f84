import { toFour, toThree } from './convert-version.ts';
import {
  encodingNamed, encodingOf, isNamed, paramValues, type VCardParam, type VCardProperty, type VCardVersion,
  versionOf, type WrittenVersion,
} from './property.ts';
import { escapeComponent, escapeText, splitEscaped } from './text.ts';
import { componentsOf, textOf } from './value.ts';

const textNames = new Set(
  'FN NOTE TITLE ROLE LABEL MAILER EMAIL TEL SORT-STRING NAME PRODID X-ABLABEL X-ABADR'.split(' '),
);
const structuredNames = new Set(['N', 'ADR', 'ORG']);

/**
 * The same card in the syntax of another version: nothing is lost, only written differently. A card that has the
 * version already keeps every property, parameter and value; what only 2.1 allows (bare parameters, quoted-printable)
 * becomes 3.0's form in any case, since other programs could not read it.
 */
export function convertCard(properties: readonly VCardProperty[], to: WrittenVersion): VCardProperty[] {
  const from = versionOf(properties);
  const modern = properties.map((property) => modernise(property, from));
  const hasVersion = modern.some((property) => isNamed(property, 'VERSION') && property.value.trim() === to);
  if (from === to && hasVersion) return to === '4.0' ? versionFirst(modern) : modern;
  const content = modern.filter((property) => !isNamed(property, 'VERSION'));
  const source: WrittenVersion = from === '2.1' ? '3.0' : from;
  const converted = source === to ? content : to === '4.0' ? toFour(content) : toThree(content);
  return [{ name: 'VERSION', params: [], value: to }, ...converted];
}

/** 4.0 asks for VERSION right after BEGIN. */
function versionFirst(properties: VCardProperty[]): VCardProperty[] {
  const at = properties.findIndex((property) => isNamed(property, 'VERSION'));
  const version = properties[at];
  return at <= 0 || version === undefined ? properties : [version, ...properties.toSpliced(at, 1)];
}

function modernise(property: VCardProperty, from: VCardVersion): VCardProperty {
  const encoding = encodingOf(property);
  const old = from === '2.1' || encoding === 'quoted-printable' || property.params.some((param) => param[0] === '');
  if (!old) return property;
  return {
    ...property,
    params: property.params.flatMap(modernParam),
    value: encoding === 'base64' ? property.value : modernValue(property, from),
  };
}

function modernParam(param: VCardParam): VCardParam[] {
  const [name, values] = param;
  const [value = ''] = values;
  if (name.toUpperCase() === 'CHARSET') return [];
  if (name.toUpperCase() === 'VALUE' && /^url$/i.test(value)) return [[name, ['uri']]];
  if (name !== '' && name.toUpperCase() !== 'ENCODING') return [param];
  const encoding = encodingNamed(value);
  if (encoding !== undefined) return encoding === 'base64' ? [['ENCODING', ['b']]] : [];
  if (name !== '') return [param];
  if (value.trim() === '') return [];
  if (/^(url|uri)$/i.test(value)) return [['VALUE', ['uri']]];
  return [['TYPE', [/^pref$/i.test(value) ? 'pref' : value]]];
}

/** 2.1 escapes no commas, and its semicolons separate only in N, ADR, ORG and what we do not know. */
function modernValue(property: VCardProperty, from: VCardVersion): string {
  const name = property.name.toUpperCase();
  const encoded = encodingOf(property) === 'quoted-printable';
  if (from !== '2.1' && !encoded) return property.value;
  if (textNames.has(name)) return escapeText(textOf(property));
  if (structuredNames.has(name)) return componentsOf(property).map(escapeComponent).join(';');
  if (!encoded) return property.value;
  if (paramValues(property, 'VALUE').some((value) => /^ur[il]$/i.test(value))) return textOf(property);
  return splitEscaped(property.value, ';')
    .map((part) => escapeComponent(textOf({ ...property, value: part })).replaceAll('\\,', ','))
    .join(';');
}
