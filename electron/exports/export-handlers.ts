import { assertNever } from '../../shared/errors.ts';
import type { Download } from '../../shared/operation.ts';
import type { ContactReader } from '../contacts/reader.ts';
import type { Search } from '../contacts/search.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Images } from '../images/images.ts';
import { csvChunks, jsonChunks, vcardChunks } from './export.ts';
import { selectContacts } from './selection.ts';

export interface ExportDeps {
  reader: ContactReader;
  search: Search;
  images: Images;
}

export function exportHandlers({ reader, search, images }: ExportDeps): HandlersOf<'contact.export'> {
  return {
    'contact.export'(input): Download {
      const pages = selectContacts(input, reader, search);
      switch (input.format) {
        case 'csv':
          return {
            mediaType: 'text/csv; charset=utf-8',
            fileName: 'contacts.csv',
            chunks: csvChunks(pages, reader, input.profile ?? 'plain'),
          };
        case 'vcf':
          return {
            mediaType: 'text/vcard; charset=utf-8',
            fileName: 'contacts.vcf',
            chunks: vcardChunks(pages, reader, images, input.version ?? '3.0'),
          };
        case 'json':
          return { mediaType: 'application/json; charset=utf-8', fileName: 'contacts.json', chunks: jsonChunks(pages, reader, images) };
        default:
          return assertNever(input.format);
      }
    },
  };
}
