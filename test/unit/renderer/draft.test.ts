import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Draft } from '../../../shared/operations/book.ts';
import { draftName, draftOf, restoreDraft } from '../../../renderer/contact-form/draft.ts';
import { createDraftSaver } from '../../../renderer/contact-form/draft-saver.ts';
import { changedFields } from '../../../renderer/contact-form/form-values.ts';
import { mergeValues } from '../../../renderer/contact-form/merge.ts';
import { anyValues, values } from './contact-values.ts';

function kept(content: object): Draft {
  const json = JSON.parse(JSON.stringify(content)) as Record<string, unknown>;
  return { key: 'new', baseRev: null, updatedAt: '2026-11-23T14:05:00.000Z', values: json };
}

describe('an unsaved form', () => {
  test('comes back as it was typed', () => {
    fc.assert(
      fc.property(anyValues, anyValues, (base, mine) => {
        const content = draftOf('c1', base, mine);
        const back = content === null ? base : restoreDraft(kept(content), base).mine;
        expect(changedFields(back, mine)).toEqual([]);
      }),
    );
  });

  test('comes back over a contact that was changed meanwhile, with the clash told', () => {
    const base = values({ name: 'Ann', city: 'Rome' });
    const content = draftOf('c1', base, { ...base, name: 'Anna' });
    const now = { ...base, name: 'Anne', city: 'Oslo' };
    const restored = restoreDraft(kept(content ?? {}), now);
    const merged = mergeValues(restored.base, restored.mine, now);
    expect(merged.values).toEqual({ ...now, name: 'Anna' });
    expect(merged.conflicts).toEqual([{ field: 'name', before: 'Ann' }]);
  });

  test('of another version of the form keeps what still fits and harms nothing', () => {
    const strange = kept({ base: {}, mine: { name: 'Ann', tags: 'x', details: [{ key: 1 }], isActive: 'yes', unknown: 1, city: null } });
    expect(restoreDraft(strange, values()).mine).toEqual(values({ name: 'Ann' }));
    expect(restoreDraft(kept({}), values()).mine).toEqual(values());
  });

  test('is called by its typed name', () => {
    expect(draftName(kept({ base: {}, mine: { name: ' Ann ' } }))).toBe('Ann');
    expect(draftName(kept({ base: {}, mine: {} }))).toBe('');
  });
});

describe('saving while the person types', () => {
  function slowSave() {
    const saved: number[] = [];
    const finish: (() => void)[] = [];
    const fail: ((error: Error) => void)[] = [];
    const save = (state: number) =>
      new Promise<void>((resolve, reject) => {
        saved.push(state);
        finish.push(resolve);
        fail.push(reject);
      });
    return { saved, finish, fail, save };
  }

  test('starts with the first letter, one save at a time, and ends with the newest state', async () => {
    const { saved, finish, save } = slowSave();
    const saver = createDraftSaver(save, () => {});
    saver.put(1);
    expect(saved).toEqual([1]);
    saver.put(2);
    saver.put(3);
    expect(saved).toEqual([1]);
    finish[0]?.();
    await expect.poll(() => saved).toEqual([1, 3]);
    finish[1]?.();
    await saver.settled();
    expect(saved).toEqual([1, 3]);
  });

  test('tells when a state could not be kept, and tries again with the next', async () => {
    const { saved, finish, fail, save } = slowSave();
    const results: boolean[] = [];
    const saver = createDraftSaver(save, (ok) => results.push(ok));
    saver.put(1);
    fail[0]?.(new Error('disk full'));
    await saver.settled();
    saver.put(2);
    finish[1]?.();
    await saver.settled();
    expect(saved).toEqual([1, 2]);
    expect(results).toEqual([false, true]);
  });
});
