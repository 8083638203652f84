import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choiceWords, storyWords, subjectWords, valueWords } from '../../../renderer/sync/conflict-words.ts';
import { problemsOf } from '../../../renderer/sync/connect-problems.ts';
import { outboxWords } from '../../../renderer/sync/outbox-words.ts';
import { compareTexts } from '../../../renderer/sync/text-difference.ts';
import { agoWords, durationWords } from '../../../renderer/sync/time-words.ts';
import { AppError, invalidField } from '../../../shared/errors.ts';
import { conflictChoices, conflictKinds, type SyncConflict, type SyncStatus } from '../../../shared/operations/sync.ts';
import { syncWords } from '../../../shared/sync-words.ts';

const now = new Date(2026, 10, 23, 15, 0);
const at = (hour: number, minute: number): string => new Date(2026, 10, 23, hour, minute).toISOString();
const status = (values: Partial<SyncStatus>): SyncStatus => ({
  state: 'synced', account: null, waiting: 0, conflicts: 0, parked: 0, quarantined: 0, lastSuccessAt: at(14, 5), ...values,
});
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(new Date(2026, 10, 23, 14, 5));

test.each<[Partial<SyncStatus>, string]>([
  [{}, `Synced ${clock}`],
  [{ waiting: 1 }, `Synced ${clock}, 1 change waiting`],
  [{ lastSuccessAt: null }, 'Not synced yet'],
  [{ state: 'syncing', progress: { phase: 'pulling', done: 120, total: 3400 } }, `Syncing 120 of ${(3400).toLocaleString()}`],
  [{ state: 'syncing', progress: { phase: 'sweeping', done: 7, total: null } }, 'Syncing, 7 checked'],
  [{ state: 'syncing', progress: { phase: 'sending', done: 2, total: null } }, 'Syncing, 2 sent'],
  [{ state: 'syncing', progress: { phase: 'sending', done: 9, total: 8 } }, 'Syncing 8 of 8'],
  [{ state: 'syncing' }, 'Connecting to the server'],
  [{ state: 'offline', waiting: 12 }, 'Offline, 12 changes waiting'],
  [{ state: 'offline' }, 'Offline'],
  [{ state: 'attention', conflicts: 2, parked: 1 }, 'Needs attention: 2 conflicts, 1 refused'],
  [{ state: 'attention', parked: 1 }, 'Needs attention: 1 refused'],
  [{ state: 'attention', conflicts: 1 }, 'Needs attention: 1 conflict'],
  [{ state: 'signedOut', waiting: 3 }, 'Signed out, 3 changes waiting'],
  [{ state: 'paused', pauseReason: 'The server has trouble.' }, 'Paused (The server has trouble)'],
  [{ state: 'unlinked' }, 'No server'],
])('sync that stands at %o is told as “%s”', (values, words) => {
  expect(syncWords(status(values), now)).toBe(words);
});

test('how long ago and how long is said in the unit a person would use', () => {
  expect([at(15, 0), at(14, 55), at(13, 0), '2026-11-22T10:00:00.000Z', '2026-11-19T10:00:00.000Z'].map((then) => agoWords(then, now)))
    .toEqual(['just now', '5 min ago', '2 h ago', 'yesterday', '4 days ago']);
  expect(durationWords('2026-11-20T08:00:00.000Z', '2026-11-21T10:00:00.000Z')).toBe('26 hours');
  expect(durationWords('2026-11-13T08:00:00.000Z', '2026-11-23T10:00:00.000Z')).toBe('10 days');
});

describe('differences inside a text', () => {
  test('are the words that the other does not have', () => {
    const { a, b } = compareTexts('call in the morning, please', 'call in the afternoon, please');
    expect(a).toEqual([{ text: 'call in the ', differs: false }, { text: 'morning', differs: true }, { text: ', please', differs: false }]);
    expect(b.filter(({ differs }) => differs)).toEqual([{ text: 'afternoon', differs: true }]);
  });

  test('never lose or change a letter, and what is not marked is the same on both sides', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom('tea', 'with', 'milk', 'é', '茶', ', ', ' ', '\n')).map((words) => words.join('')));
    fc.assert(fc.property(text, text, (left, right) => {
      const { a, b } = compareTexts(left, right);
      const all = (side: typeof a): string => side.map((stretch) => stretch.text).join('');
      const same = (side: typeof a): string => side.filter(({ differs }) => !differs).map((stretch) => stretch.text).join('');
      expect([all(a), all(b)]).toEqual([left, right]);
      expect(same(a)).toBe(same(b));
    }));
  });

  test('of two books’ worth of text are found at once, by their beginning and end', () => {
    const book = 'so it goes '.repeat(50_000);
    const { a } = compareTexts(`${book}here ${book}`, `${book}there ${book}`);
    expect(a.filter(({ differs }) => differs).map(({ text }) => text)).toEqual(['here']);
  });
});

test('every conflict and every answer has words of its own', () => {
  for (const kind of conflictKinds) {
    const field = kind === 'field' || kind === 'overwritten' ? 'contact.city' : null;
    const conflict: SyncConflict = {
      id: '', contactId: null, kind, field, base: null, mine: 12, theirs: null, createdAt: '', name: null, otherId: null,
      otherName: null, theirsAt: null, mineAt: null, choices: [],
    };
    expect(subjectWords(conflict)).toMatch(/^[A-Z][a-z]/);
    expect(storyWords(conflict)).toMatch(/^[A-Z0-9].+\.$/);
    for (const choice of kind === 'possibleDuplicate' || field !== null ? conflictChoices : (['mine', 'theirs'] as const)) {
      expect(choiceWords(conflict, choice)).toEqual({
        label: expect.stringMatching(/^[A-Z]/) as string, effect: expect.stringMatching(/\.$/) as string, done: expect.stringMatching(/^[A-Z]/) as string,
      });
    }
  }
});

test('values are shown as the form writes them', () => {
  expect([
    valueWords('contactType', 'LEAD'), valueWords('isActive', false), valueWords('tags', ['VIP', 'Fair']), valueWords('imageId', 'x'),
    valueWords('notes', ''), valueWords('budget', null), valueWords('contact.city', 'Ulm'),
  ]).toEqual(['Lead', 'No', 'VIP, Fair', 'A picture', null, null, 'Ulm']);
});

test('what will be sent is said in words', () => {
  expect(outboxWords({ kind: 'update', fields: ['primaryEmail', 'contact.city'] })).toBe('Change E-mail, City');
  expect(outboxWords({ kind: 'update', fields: ['name', 'primaryEmail', 'primaryPhone', 'notes', 'tags', 'members', 'budget'] }))
    .toBe('Change Name, E-mail, Phone, Notes, Tags and 2 more');
  expect(outboxWords({ kind: 'update', fields: [] })).toBe('Compare with the server');
  expect(outboxWords({ kind: 'create', fields: ['name'] })).toBe('Create on the server');
});

test('what is wrong with a sign-in is said at its field, and anything else beside them', () => {
  expect(problemsOf(invalidField('password', 'or e-mail is wrong'))).toEqual({ password: 'The password or e-mail is wrong.' });
  expect(problemsOf(invalidField('url', 'must be https'))).toEqual({ url: 'The address must be https.' });
  expect(problemsOf(new AppError('unavailable', 'The server has trouble just now.'))).toEqual({ other: 'The server has trouble just now.' });
});
