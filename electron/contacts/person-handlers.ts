import { invalidField } from '../../shared/errors.ts';
import { digitsOf } from '../../shared/text.ts';
import type { HandlersOf } from '../dispatch.ts';
import type { Lists } from '../lists/lists.ts';
import type { Store } from '../store/open.ts';
import { callerDigits, createCaller } from './caller.ts';
import { createRowMaker } from './list-rows.ts';
import type { ContactReader } from './reader.ts';
import { createSimilar } from './similar.ts';

interface PersonDeps {
  store: Store;
  lists: Lists;
  reader: ContactReader;
  region: () => string;
}

/** Who somebody is: by the number that calls, and by what a new contact has in common with others. */
export function personHandlers({ store, lists, reader, region }: PersonDeps): HandlersOf<'contact.caller' | 'contact.similar'> {
  const caller = createCaller(store, region);
  const similar = createSimilar(store, region);
  const rows = createRowMaker(reader, lists);

  return {
    'contact.caller'({ number }) {
      if (digitsOf(number).length < callerDigits.fewest) {
        throw invalidField('number', `must have at least ${callerDigits.fewest} digits`);
      }
      const hits = caller(number);
      const found = rows(hits.map(({ record }) => record));
      return { items: found.map((contact, index) => ({ contact, phone: hits[index]?.phone ?? '' })) };
    },
    'contact.similar'(wanted) {
      const hits = similar(wanted);
      const found = rows(hits.map(({ record }) => record));
      return { items: found.map((contact, index) => ({ contact, by: hits[index]?.by ?? [] })) };
    },
  };
}
