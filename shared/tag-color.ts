import { fold } from './text.ts';

/** Colours that can be told apart and read on light and dark. */
const colors = [
  '#d6455d', '#e07a2f', '#b98a12', '#5b9a3c', '#1f9d8b', '#2b8ac6', '#5c6fd6', '#8e5bd0', '#c254a8', '#7d7468',
] as const;

/** The colour of a new tag: always the same for the same name. */
export function tagColor(name: string): string {
  let hash = 0;
  for (const letter of fold(name)) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return colors[hash % colors.length] ?? colors[0];
}
