/** A name as that of a file: without what some system does not take in one. Never empty. */
export function fileNameOf(name: string): string {
  const clean = name
    .replace(/[\p{C}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100)
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const isDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(clean);
  return clean === '' || isDevice ? 'Fieldbook' : clean;
}
