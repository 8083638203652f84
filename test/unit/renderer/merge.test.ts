import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedFields, formFields, sameValue } from '../../../renderer/contact-form/form-values.ts';
import { mergeValues } from '../../../renderer/contact-form/merge.ts';
import { anyValues, detail, values } from './contact-values.ts';

describe('when a contact changes below an open form', () => {
  const base = values({ name: 'Ann', primaryPhone: '1', city: 'Rome', tags: ['a', 'b'] });

  test('fields nobody typed into take the new value', () => {
    const result = mergeValues(base, { ...base, name: 'Anna' }, { ...base, city: 'Oslo' });
    expect(result).toEqual({ values: { ...base, name: 'Anna', city: 'Oslo' }, conflicts: [], taken: ['city'] });
  });

  test('a field typed into stays as typed, and is put before the person when it changed there too', () => {
    const result = mergeValues(base, { ...base, primaryPhone: '2' }, { ...base, primaryPhone: '3' });
    expect(result.values.primaryPhone).toBe('2');
    expect(result.conflicts).toEqual([{ field: 'primaryPhone', before: '1' }]);
  });

  test('the same change on both sides is no conflict', () => {
    const result = mergeValues(base, { ...base, name: 'Anna' }, { ...base, name: 'Anna' });
    expect(result.conflicts).toEqual([]);
  });

  test('tags keep what both sides added and leave out what either removed', () => {
    const result = mergeValues(base, { ...base, tags: ['a', 'c'] }, { ...base, tags: ['b', 'a', 'd'] });
    expect(result.values.tags).toEqual(['a', 'd', 'c']);
    expect(result.conflicts).toEqual([]);
  });

  test('further details keep what both sides added, changed and removed', () => {
    const [phone, mail, pet] = [detail('phone'), detail('mail'), detail('pet')];
    const before = values({ details: [phone, mail, pet] });
    const mine = values({ details: [detail('phone', 'typed'), mail, detail('new:1', 'mine')] });
    const theirs = values({ details: [phone, pet, detail('theirs')] });
    expect(mergeValues(before, mine, theirs)).toMatchObject({
      values: { details: [detail('phone', 'typed'), detail('theirs'), detail('new:1', 'mine')] }, conflicts: [],
    });
  });

  test('a detail that both sides changed stays twice', () => {
    const [before, mine, theirs] = [detail('phone', '1'), detail('phone', '2'), detail('phone 3', '3')].map((each) => values({ details: [each] }));
    expect(mergeValues(before ?? base, mine ?? base, theirs ?? base).values.details.map(({ value }) => value)).toEqual(['3', '2']);
  });

  test('nothing typed is ever lost, nothing changed elsewhere is lost silently', () => {
    fc.assert(
      fc.property(anyValues, anyValues, anyValues, (before, mine, theirs) => {
        const result = mergeValues(before, mine, theirs);
        for (const field of formFields) {
          const merged = result.values[field];
          const typed = !sameValue(before[field], mine[field]);
          if (Array.isArray(merged)) {
            for (const item of mine[field] as unknown[]) {
              if (!JSON.stringify(before[field]).includes(JSON.stringify(item))) expect(merged).toContainEqual(item);
            }
          } else {
            expect(merged).toEqual(typed ? mine[field] : theirs[field]);
            const told = sameValue(merged, theirs[field]) || result.conflicts.some((conflict) => conflict.field === field);
            expect(told || sameValue(before[field], theirs[field])).toBe(true);
          }
        }
      }),
    );
  });

  test('a form without typing becomes exactly what the contact is now', () => {
    fc.assert(
      fc.property(anyValues, anyValues, (before, theirs) => {
        expect(changedFields(mergeValues(before, before, theirs).values, theirs)).toEqual([]);
      }),
    );
  });
});
