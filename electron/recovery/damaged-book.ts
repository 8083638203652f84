import { AppError } from '../../shared/errors.ts';

/** The book of a profile is damaged and was left as it is, because nobody said that it is to be repaired, or it cannot be. */
export class DamagedBook extends AppError {
  constructor(dataDir: string, why: 'notAsked' | 'hopeless', options: ErrorOptions = {}) {
    const hopeless = why === 'hopeless' ? ' Nothing could be read of it, and there is no backup.' : '';
    super('unavailable', `The address book in ${dataDir} is damaged, or its file is gone.${hopeless} It was left as it is.`);
    this.name = 'DamagedBook';
    this.cause = options.cause;
  }
}

/** What a person at a terminal can do about it. */
export function recoverHint(dataDir: string): string {
  return `To save what can be saved: npm run recover -- --data-dir "${dataDir}"`;
}
