import { useEffect, useState } from 'react';
import type { ImportReport, ImportRow } from '../../shared/operations/imports.ts';
import { useHost } from '../host/host-context.tsx';

const pageSize = 2000;

export interface PreviewRowsState {
  rows: readonly ImportRow[];
  isComplete: boolean;
}

const nothing: PreviewRowsState = { rows: [], isComplete: false };

/** What a finished dry run would do, row by row: the first rows at once, the others as they come. */
export function usePreviewRows({ id, total }: Pick<ImportReport, 'id' | 'total'>): PreviewRowsState {
  const host = useHost();
  const [state, setState] = useState(nothing);
  useEffect(() => {
    let isCurrent = true;
    async function read(): Promise<void> {
      const rows: ImportRow[] = [];
      for (let offset = 0; offset < total && isCurrent; offset += pageSize) {
        const page = await host.call('import.get', { id, offset, limit: pageSize });
        rows.push(...(page.rows ?? []));
        if (isCurrent) setState({ rows: [...rows], isComplete: rows.length >= total });
        if ((page.rows ?? []).length === 0) break;
      }
      if (isCurrent) setState((before) => ({ ...before, isComplete: true }));
    }
    // What cannot be read is shown as no rows; the counts are there all the same.
    read().catch(() => isCurrent && setState((before) => ({ ...before, isComplete: true })));
    return () => {
      isCurrent = false;
    };
  }, [host, id, total]);
  return state;
}
