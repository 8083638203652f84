import { useMemo, type ReactNode } from 'react';
import { useApp } from '../app/app-store.ts';
import { MarkedText } from '../contacts/marked-text.tsx';
import { markDigits, markWords, searchTerms } from '../contacts/marks.ts';

/** A text of the open contact with what the search in the list found in it; `isNumber` for one of digits. */
export function Marked({ text, isNumber = false }: { text: string; isNumber?: boolean }): ReactNode {
  const query = useApp((state) => (state.screen === 'contacts' ? state.filter.query : ''));
  const terms = useMemo(() => searchTerms(query), [query]);
  if (query.trim() === '') return text;
  return <MarkedText stretches={isNumber ? markDigits(text, terms) : markWords(text, terms)} />;
}
