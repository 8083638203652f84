/** Who made a change, as the end of a sentence: 'in another window', 'by “CRM bridge”'. */
export function actorWords(actor: string | null): string {
  switch (actor) {
    case null:
      return 'meanwhile';
    case 'ui':
      return 'in another window';
    case 'import':
      return 'by an import';
    case 'sync':
      return 'on the server';
    default:
      return `by “${actor}”`;
  }
}
