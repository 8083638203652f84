import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeOf } from '../../../electron/error-place.ts';
import { redactLogLine, redactStack, redactText } from '../../../electron/diagnostics/redact.ts';

const home = '/home/ann';

test('what is quoted, addresses, numbers, tokens and the home folder do not leave this computer', () => {
  const texts: [string, string][] = [
    [`Unexpected token 'M', ..."ary O'Brien","... is not valid JSON`, 'Unexpected token "…"... is not valid JSON'],
    ['no mail from rosa.lund+x@nordlicht.example today', 'no mail from <mail> today'],
    ['called +46 70 123-45 67 twice', 'called <number> twice'],
    ['GET https://crm.example/api?q=rosa failed', 'GET <address> failed'],
    ['the token fbk_abcDEF-123 ended', 'the token <token> ended'],
    [`cannot open ${home}/book/fieldbook.db`, 'cannot open ~/book/fieldbook.db'],
    ['port 4780 is taken', 'port 4780 is taken'],
  ];
  for (const [text, redacted] of texts) expect(redactText(text, home)).toBe(redacted);
});

test('a stack keeps its frames and loses its message and its folders', () => {
  const stack = [
    'Error: Rosa Lund', 'at rosa@nordlicht.example is no frame',
    '    at writeRow (file:///home/ann/My%20Apps/dist/main/main.js:10:5)', '    at C:\\Users\\Ann\\main.js:3:1',
    '    at Database.prepare (C:\\Users\\Ann Lee (work)\\Local\\methods\\wrappers.js:5:21)', '    at /home/Ann Lee (x)/a.js:1:2',
    '    at async file:///home/ann/b.js:1:2', '    at node:internal/main:1:2', '    at async Promise.all (index 0)',
  ].join('\n');
  expect(redactStack(stack)).toEqual(['at writeRow (main.js:10:5)', 'at main.js:3:1', 'at Database.prepare (wrappers.js:5:21)', 'at a.js:1:2',
    'at async b.js:1:2', 'at main:1:2', 'at async Promise.all (index 0)']);
});

test('whatever field of a log line a name is in, and wherever it is quoted, it is not in the bundle', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((text) => `Rosa${text}Lund`);
  const key = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text !== 'time' && text !== 'route');
  const quote = fc.constantFrom(`"`, `'`, '`');
  fc.assert(
    fc.property(name, key, quote, (person, field, mark) => {
      const known = ['msg', 'reason', 'outcome', 'type', 'code', 'error', 'method', 'version', 'requestId'].includes(field);
      const quoted = `could not read ${mark}${person}${mark}`;
      const line = JSON.stringify({
        level: 50, [field]: known ? quoted : person, nested: { person },
        err: { type: 'Error', message: quoted, stack: `Error: ${person}\n    at f (a.js:1:1)`, contact: person },
        at: [person, 5, { person }, 'at f (/home/Rosa/a.js:1:1)'],
        fault: { error: quoted, code: quoted, at: [person, 'at f (/home/Rosa/a.js:1:1)'], contact: person },
      });
      expect(JSON.stringify(redactLogLine(line, home))).not.toContain('Rosa');
    }),
  );
});

test('what the log says of a failed request and of a fault of sync is what it is for: kind, place and number', () => {
  const error = Object.assign(new RangeError('Rosa Lund'), { code: 'SQLITE_FULL' });
  const place = placeOf(error);
  expect(redactLogLine(JSON.stringify({ level: 50, requestId: 'aB3456789-1z', ...place, msg: 'request failed' }), home)).toEqual({
    level: 50, requestId: 'aB3456789-1z', error: 'RangeError', code: 'SQLITE_FULL', at: redactStack(error.stack ?? ''), msg: 'request failed',
  });
  expect(redactStack(error.stack ?? '')[0]).toMatch(/redact\.test\.ts:\d+/);
  expect(redactLogLine(JSON.stringify({ fault: place }), home)).toEqual({
    fault: { error: 'RangeError', code: 'SQLITE_FULL', at: redactStack(error.stack ?? '') },
  });
});

test('a line that is not one of ours is left out', () => {
  for (const line of ['', 'Rosa Lund', '[1]', '"text"', '{"half']) expect(redactLogLine(line, home)).toBeNull();
});
