import { invalidField } from '../../shared/errors.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Imports } from './imports.ts';

type Names =
  | 'import.start' | 'import.get' | 'import.undo' | 'import.list' | 'import.stage' | 'import.run' | 'import.cancel'
  | 'import.failures';

const defaultRows = 1000;

export function importHandlers(imports: Imports): HandlersOf<Names> {
  const given = (file: AsyncIterable<Uint8Array> | undefined) => {
    if (!file) throw invalidField('file', 'is missing');
    return file;
  };
  return {
    'import.start': ({ format, ...options }, { caller, file }) => imports.start(given(file), format, options, caller),
    'import.get': ({ id, offset = 0, limit = defaultRows }) => imports.get(id, offset, limit),
    'import.undo': ({ id }, { caller }) => imports.undo(id, caller),
    'import.list': () => {
      const items = imports.list();
      return { items, total: items.length };
    },
    'import.stage': ({ name, format }, { file }) => imports.stage(given(file), name, format),
    'import.run': ({ id, ...options }, { caller }) => imports.run(id, options, caller),
    'import.cancel': ({ id }) => imports.cancel(id),
    'import.failures': ({ id }) => imports.failures(id),
  };
}
