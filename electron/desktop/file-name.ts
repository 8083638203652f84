/** In any script, with an ending, within the 255 bytes that most systems take. */
const longest = 80;

/** A name as that of a file: without what some system does not take in one. Never empty. */
export function fileNameOf(name: string): string {
  const clean = name
    .replace(/[\p{C}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest)
    // The cut may have left half a sign.
    .replace(/^[.\s]+|[.\s\p{Cs}]+$/gu, '');
  const isDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(clean);
  return clean === '' || isDevice ? 'Fieldbook' : clean;
}
