import { expect, test } from 'vitest';
import { historySteps } from '../../../renderer/detail/history-words.ts';
import { initials } from '../../../renderer/contacts/contact-words.ts';
import type { JournalEntry } from '../../../shared/operations/contacts.ts';

test.each([
  ['Ann Lee', 'AL'], ['Dr. Åsa Maria Lindqvist', 'ÅL'], ['Noor (Riyadh office)', 'N'], ['[old] Quay Seven GmbH', 'QS'],
  ['(only this)', 'OT'], ['Dr.', 'D'], ['شركة النور للتجارة (الرياض)', 'ش'], ['王小明', '王'], ['7 Eleven', 'E'], ['42', '4'], ['…', '?'],
])('the letters that stand for %s are %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test('the history says what of the further details was added, changed and removed', () => {
  const entry: JournalEntry = {
    seq: 1, at: '2026-11-01T08:00:00.000Z', actor: 'ui', group: 'g', kind: 'updated', field: 'extra',
    old: { columns: { Company: 'Quay 7', Birthday: '1 May', Pet: 'Cat' } },
    new: { columns: { Company: 'Pier 9', Birthday: '2 May', 'Job title': 'Cook', Hobby: 'Boats' } },
  };
  const lines = historySteps([entry, { ...entry, old: null, new: { uid: 'x' } }], () => undefined)[0]?.lines;
  expect(lines).toEqual([
    { kind: 'field', label: 'Company', old: 'Quay 7', new: 'Pier 9' },
    { kind: 'field', label: 'Job title', old: null, new: 'Cook' },
    { kind: 'field', label: 'Birthday', old: '1 May', new: '2 May' },
    { kind: 'field', label: 'Pet', old: 'Cat', new: null },
    { kind: 'field', label: 'Hobby', old: null, new: 'Boats' },
    { kind: 'sentence', text: 'Further properties changed' },
  ]);
});
