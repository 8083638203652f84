import type { Session } from 'electron';

/*
 * Spelling in notes. macOS checks with dictionaries of its own. Elsewhere Chromium fetches a dictionary for each language
 * from Google's servers, so nothing is checked before a person has chosen a language and agreed to that, once for each.
 */

type SpellChecker = Pick<Session, 'setSpellCheckerEnabled' | 'setSpellCheckerLanguages'> & {
  availableSpellCheckerLanguages: string[];
};

/** Whether the system brings its own dictionaries and languages. */
export function checksBySystem(platform: NodeJS.Platform): boolean {
  return platform === 'darwin';
}

/** Checks in the agreed languages, or not at all. */
export function applySpelling(session: SpellChecker, agreed: readonly string[], platform: NodeJS.Platform): void {
  if (checksBySystem(platform)) {
    session.setSpellCheckerEnabled(true);
    return;
  }
  const languages = agreed.filter((language) => session.availableSpellCheckerLanguages.includes(language));
  // First off: setting languages while checking is on would fetch at once.
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerLanguages(languages);
  if (languages.length > 0) session.setSpellCheckerEnabled(true);
}

/** The languages to offer: those the person uses in the system first, then all others, each with its own name. */
export function offeredLanguages(
  available: readonly string[],
  preferred: readonly string[],
): { code: string; name: string }[] {
  const rank = (code: string): number => {
    const place = preferred.findIndex((tag) => tag === code || tag.split('-')[0] === code.split('-')[0]);
    return place < 0 ? preferred.length : place;
  };
  return available
    .map((code) => ({ code, name: nameOf(code) }))
    .toSorted((a, b) => rank(a.code) - rank(b.code) || a.name.localeCompare(b.name));
}

function nameOf(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
