import { parse } from 'qs';
import { AppError } from '../../shared/errors.ts';

const wellFormedKey = /^[^[\]]+(?:\[[^[\]]*\])*$/;
const none: Readonly<Record<string, unknown>> = Object.freeze({});

/**
 * The parameters of a query string, with `a[b][0]=c` as nested objects and arrays; without the question mark.
 * Throws `invalid` for broken percent-encoding, unbalanced brackets, prototype keys and excessive nesting or number.
 */
export function parseQuery(text: string): Readonly<Record<string, unknown>> {
  if (text === '') return none;
  for (const part of text.split('&')) assertWellFormed(part);
  try {
    return parse(text, {
      depth: 5,
      strictDepth: true,
      arrayLimit: 1000,
      parameterLimit: 1000,
      throwOnLimitExceeded: true,
      plainObjects: true,
    });
  } catch {
    throw new AppError('invalid', 'The query is nested too deeply or has too many parameters');
  }
}

function assertWellFormed(part: string): void {
  if (part === '') return;
  const end = part.indexOf('=');
  let key: string;
  try {
    key = decodeURIComponent(end === -1 ? part : part.slice(0, end));
    if (end !== -1) decodeURIComponent(part.slice(end + 1));
  } catch {
    throw new AppError('invalid', 'The query has broken percent-encoding');
  }
  if (!wellFormedKey.test(key)) throw new AppError('invalid', 'The query has a malformed parameter name');
  if (/__proto__|\bprototype\b/.test(key)) throw new AppError('invalid', 'The query must not name a prototype');
}
