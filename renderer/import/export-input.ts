import type { Input } from '../../shared/operations/index.ts';
import type { Host } from '../host/host.ts';
import type { ListFilter } from '../app/app-store.ts';

export type ExportScope = 'chosen' | 'shown' | 'all';
export type ExportFormat = 'csv' | 'spreadsheet' | 'vcf3' | 'vcf4' | 'json';

export const exportFormats: readonly { value: ExportFormat; label: string; explanation: string }[] = [
  { value: 'csv', label: 'CSV', explanation: 'Every value as it is: for programs, and to import again.' },
  {
    value: 'spreadsheet',
    label: 'CSV for spreadsheets',
    explanation: 'Safe to open in Excel or LibreOffice: no cell can run as a formula.',
  },
  { value: 'vcf3', label: 'vCard 3.0', explanation: 'For phones and mail programs.' },
  { value: 'vcf4', label: 'vCard 4.0', explanation: 'The newer form; not every program reads it.' },
  { value: 'json', label: 'JSON', explanation: 'Everything, for another Fieldbook or your own programs.' },
];

/** Whether the list's filter can be handed to the export, which takes one value of each kind. */
function isSimple({ types, tags, members }: ListFilter): boolean {
  return types.length <= 1 && tags.length <= 1 && members.length <= 1;
}

/** What `contact.export` is asked for. A filter with several values of a kind is turned into the contacts it shows. */
export async function exportInput(
  host: Host,
  format: ExportFormat,
  scope: ExportScope,
  ids: readonly string[],
  filter: ListFilter,
): Promise<Input<'contact.export'>> {
  if (scope === 'shown' && !isSimple(filter)) {
    return exportInput(host, format, 'chosen', await shownIds(host, filter), filter);
  }
  const { query, types: [contactType], tags: [tag], members: [member] } = filter;
  const byScope = {
    all: {},
    chosen: { ids: [...ids] },
    shown: {
      ...(query.trim() === '' ? {} : { q: query }),
      ...(contactType === undefined ? {} : { contactType }),
      ...(tag === undefined ? {} : { tag }),
      ...(member === undefined ? {} : { member }),
    },
  }[scope];
  const byFormat = {
    csv: { format: 'csv' },
    spreadsheet: { format: 'csv', profile: 'spreadsheet' },
    vcf3: { format: 'vcf', version: '3.0' },
    vcf4: { format: 'vcf', version: '4.0' },
    json: { format: 'json' },
  } as const;
  return { ...byFormat[format], ...byScope };
}

async function shownIds(host: Host, { query, types, tags, members }: ListFilter): Promise<string[]> {
  const asked = { query, types: [...types], tags: [...tags], members: [...members], limit: 500 };
  const ids: string[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = await host.call('contact.page', { ...asked, ...(after === undefined ? {} : { after }) });
    ids.push(...page.items.map(({ id }) => id));
    after = page.cursor;
  }
  return ids;
}
