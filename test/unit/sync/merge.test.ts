import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setFields } from '../../../shared/contact.ts';
import { baseAfterDoubt, merge } from '../../../electron/sync/merge.ts';
import { sameValue, snapshotOf, syncedFields, valueOf } from '../../../electron/sync/snapshot.ts';

const numRuns = Number(process.env['MERGE_CASES'] ?? 2_000);
const check = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>) => fc.assert(property, { numRuns });

const value = fc.constantFrom('a', 'b', 'c', null);
const ids = fc.subarray(['1', '2', '3', '4']);
/** Contacts with few values, so that the three sides often agree. */
const snapshot = fc
  .record({
    values: fc.record({
      name: fc.constantFrom('a', 'b', 'c'), notes: value, primaryPhone: value, 'contact.city': value, 'contact.address': value,
      budget: fc.constantFrom(1, 2, null), isActive: fc.boolean(), imageId: value,
      extra: fc.constantFrom(null, { a: 1, b: [2] }, { b: [2], a: 1 }, { a: 2 }),
    }),
    sets: fc.record({ tags: ids, members: ids, projects: ids }),
  })
  .map(({ values, sets }) => snapshotOf(values, sets));
const base = fc.option(snapshot, { nil: null });

test('the same three sides always give the same', () => {
  check(fc.property(base, snapshot, snapshot, (b, l, r) => {
    expect(merge(b, l, r)).toEqual(merge(structuredClone(b), structuredClone(l), structuredClone(r)));
  }));
});

test('what only changed there is taken, and what only changed here is kept, without a question', () => {
  check(fc.property(snapshot, snapshot, (b, x) => {
    expect(merge(b, b, x)).toEqual({ snapshot: x, conflicts: [] });
    expect(merge(b, x, b)).toEqual({ snapshot: x, conflicts: [] });
  }));
});

test('the same on both sides is no question, whatever it was before', () => {
  check(fc.property(base, snapshot, (b, x) => {
    expect(merge(b, x, x)).toEqual({ snapshot: x, conflicts: [] });
  }));
});

test('nothing that was changed here gets lost: it is in the result or asked about', () => {
  check(fc.property(base, snapshot, snapshot, (b, l, r) => {
    const { snapshot: merged, conflicts } = merge(b, l, r);
    for (const field of syncedFields) {
      const mine = valueOf(l, field);
      if (sameValue(mine, b && valueOf(b, field))) continue;
      const isAsked = conflicts.some((conflict) => conflict.field === field && sameValue(conflict.mine, mine));
      expect(isAsked || sameValue(valueOf(merged, field), mine)).toBe(true);
    }
  }));
});

test('nothing that was changed there gets lost either: where both changed a field, theirs stands', () => {
  check(fc.property(base, snapshot, snapshot, (b, l, r) => {
    const { snapshot: merged, conflicts } = merge(b, l, r);
    for (const field of syncedFields) {
      const theirs = valueOf(r, field);
      if (sameValue(theirs, b && valueOf(b, field))) continue;
      expect(sameValue(valueOf(merged, field), theirs)).toBe(true);
    }
    for (const { field, mine, theirs } of conflicts) {
      expect(sameValue(mine, theirs)).toBe(false);
      expect(sameValue(valueOf(merged, field), theirs)).toBe(true);
    }
  }));
});

test('of a set, what either side added is in and what either side removed is out', () => {
  check(fc.property(snapshot, snapshot, snapshot, (b, l, r) => {
    const { sets } = merge(b, l, r).snapshot;
    for (const set of setFields) {
      for (const id of ['1', '2', '3', '4']) {
        const [was, here, there] = [b, l, r].map((side) => side.sets[set].includes(id));
        expect(sets[set].includes(id)).toBe(was ? here && there : here || there);
      }
    }
  }));
});

test('merging the result again changes nothing', () => {
  check(fc.property(base, snapshot, snapshot, (b, l, r) => {
    const { snapshot: merged } = merge(b, l, r);
    expect(merge(r, merged, r)).toEqual({ snapshot: merged, conflicts: [] });
  }));
});

test('after a lost answer: what arrived is not sent again', () => {
  check(fc.property(base, snapshot, (b, sent) => {
    expect(merge(baseAfterDoubt(b, sent, sent), sent, sent)).toEqual({ snapshot: sent, conflicts: [] });
  }));
});

test('after a lost answer: what did not arrive is sent', () => {
  check(fc.property(snapshot, snapshot, (b, sent) => {
    expect(merge(baseAfterDoubt(b, sent, b), sent, b)).toEqual({ snapshot: sent, conflicts: [] });
  }));
});

test('after a lost answer: what arrived and was taken back here since is taken back there', () => {
  check(fc.property(base, snapshot, snapshot, (b, sent, now) => {
    expect(merge(baseAfterDoubt(b, sent, sent), now, sent)).toEqual({ snapshot: now, conflicts: [] });
  }));
});

test('after a lost creation: what others changed since is theirs, and no question', () => {
  check(fc.property(snapshot, snapshot, (sent, there) => {
    expect(merge(baseAfterDoubt(null, sent, there), sent, there)).toEqual({ snapshot: there, conflicts: [] });
  }));
});

test('after a lost answer nothing of mine gets lost, whatever became of the request', () => {
  check(fc.property(snapshot, snapshot, snapshot, (b, sent, there) => {
    const { snapshot: merged, conflicts } = merge(baseAfterDoubt(b, sent, there), sent, there);
    for (const field of syncedFields) {
      const mine = valueOf(sent, field);
      if (sameValue(mine, valueOf(b, field))) continue;
      const isAsked = conflicts.some((conflict) => conflict.field === field && sameValue(conflict.mine, mine));
      expect(isAsked || sameValue(valueOf(merged, field), mine)).toBe(true);
    }
  }));
});

test('text is compared without blanks around it, in one form of Unicode, and an e-mail without the case of its domain', () => {
  const none = { tags: [], members: [], projects: [] };
  expect(snapshotOf({ name: ' Zoe\u0301 ', notes: '  ', primaryEmail: 'Zoe@EXAMPLE.com' }, none)).toEqual(
    snapshotOf({ name: 'Zo\u00e9', notes: null, primaryEmail: 'Zoe@example.com' }, none),
  );
});
