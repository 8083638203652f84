import type { ContactReader } from '../contacts/reader.ts';
import type { ContactWriter } from '../contacts/writer.ts';
import type { EventHub } from '../events.ts';
import type { Images } from '../images/images.ts';
import type { Journal } from '../journal/journal.ts';
import type { Undo } from '../journal/undo.ts';
import type { Lists } from '../lists/lists.ts';
import type { Log } from '../log.ts';
import type { Slices } from '../store/slices.ts';
import type { Store } from '../store/open.ts';

export interface ImportDeps {
  store: Store;
  lists: Lists;
  journal: Journal;
  reader: ContactReader;
  writer: ContactWriter;
  images: Images;
  undo: Undo;
  slices: Slices;
  events: EventHub;
  log: Pick<Log, 'error'>;
  dataDir: string;
  /** The worker that parses: its source or its built file. */
  workerUrl: URL;
  /** Country of phones without a country code. */
  region: () => string;
  now: () => string;
  newId: () => string;
}
