/** A cell that a spreadsheet program would run as a formula, also behind white space (OWASP, "CSV Injection"). */
const formula = /^\s*[=+\-@\t\r＝＋－＠]/;
/** A cell that looks like one we neutralised. It is marked once more, so that reading it back is never ambiguous. */
const marked = /^'+\s*[=+\-@\t\r＝＋－＠]/;

/** One cell as CSV text: quoted when it has to be. */
export function quoteCell(text: string): string {
  return /[",;\t|\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A cell as our plain CSV holds it: unchanged, but for the rare text that `restoreCell` takes for a marked one. */
export function plainCell(text: string): string {
  return marked.test(text) ? `'${text}` : text;
}

/** A cell as our CSV for spreadsheets holds it: what could be run as a formula gets a leading apostrophe. */
export function spreadsheetCell(text: string): string {
  return formula.test(text) ? `'${text}` : plainCell(text);
}

/** The text that `plainCell` or `spreadsheetCell` was given. */
export function restoreCell(cell: string): string {
  return marked.test(cell) ? cell.slice(1) : cell;
}

/** Several names in one cell: separated by "; ", with "\;" for a semicolon in a name. */
export function joinNames(names: readonly string[]): string {
  return names.map((name) => name.replace(/[\\;]/g, '\\$&')).join('; ');
}

/** The names that `joinNames` put into a cell. */
export function splitNames(cell: string): string[] {
  const names = [...cell.matchAll(/(?:\\[^]|[^\\;]|\\$)+/g)].map(([name]) => name.trim().replace(/\\([\\;])/g, '$1'));
  return names.filter((name) => name !== '');
}
