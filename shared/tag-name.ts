/**
 * A tag's name as names of tags are compared: without regard to case, and to whether an accent is a letter of its own.
 * Accents and voice marks tell tags apart: `Résumé` is no `Resume`, and か is another syllable than が.
 */
export function tagKey(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC').trim();
}
