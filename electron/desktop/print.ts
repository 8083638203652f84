import type { BrowserWindow, WebContents } from 'electron';
import { AppError } from '../../shared/errors.ts';
import { fileNameOf } from './file-name.ts';
import { saveDownload } from './save-download.ts';

/** Countries that print on Letter; the others on A4. */
const letterCountries = new Set(['US', 'CA', 'MX', 'CL', 'CO', 'PH', 'PR', 'VE', 'CR', 'GT', 'PA', 'DO', 'NI', 'SV']);

export function pageSizeOf(country: string): 'Letter' | 'A4' {
  return letterCountries.has(country) ? 'Letter' : 'A4';
}

/** Prints a page as its print style shows it. False when the person thought better of it. */
export function printPage(contents: Pick<WebContents, 'print'>, country: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    contents.print({ printBackground: true, pageSize: pageSizeOf(country) }, (success, reason) => {
      if (success) resolve(true);
      else if (/cancel/i.test(reason)) resolve(false);
      else reject(new AppError('unavailable', `Printing did not work: ${reason}`));
    });
  });
}

/** Saves a page as a PDF where the person says. False when the person thought better of it. */
export async function savePdf(
  window: BrowserWindow | null,
  contents: Pick<WebContents, 'printToPDF'>,
  name: string,
  country: string,
): Promise<boolean> {
  const pdf = await contents.printToPDF({ printBackground: true, pageSize: pageSizeOf(country) });
  return saveDownload(window, { mediaType: 'application/pdf', fileName: `${fileNameOf(name)}.pdf`, chunks: [pdf] });
}
