import type { Draft } from '../../shared/operations/book.ts';
import { formKeyOf } from './draft.ts';

/** One unsaved form: its texts, or only a picture, or both. */
export interface KeptForm {
  key: string;
  draft: Draft | undefined;
  updatedAt: string;
}

/** The unsaved forms among the kept drafts, the newest first. A picture belongs to its contact's form. */
export function listDrafts(drafts: readonly Draft[]): KeptForm[] {
  const keys = [...new Set(drafts.map(formKeyOf))];
  return keys
    .map((key) => {
      const own = drafts.filter((draft) => formKeyOf(draft) === key);
      const updatedAt = own.map((draft) => draft.updatedAt).toSorted().at(-1) ?? '';
      return { key, draft: own.find((draft) => draft.key === key), updatedAt };
    })
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
}
