import { settings as settingsSchema, type Settings } from '../../shared/operations/book.ts';
import type { Store } from '../store/open.ts';

export interface SettingsBook {
  get(): Settings;
  update(changes: Partial<Settings>): Settings;
}

/** The settings are one row of JSON; what was never set has its default. */
export function createSettings(store: Store, defaults: Settings): SettingsBook {
  let current: Settings | undefined;
  const read = store.db.prepare(`select value from setting where key = 'settings'`).pluck();
  return {
    get() {
      current ??= { ...defaults, ...stored(read.get()) };
      return current;
    },
    update(changes) {
      const next = settingsSchema.parse({ ...this.get(), ...changes });
      store.statement(`insert or replace into setting (key, value) values ('settings', ?)`).run(JSON.stringify(next));
      current = next;
      return next;
    },
  };
}

function stored(value: unknown): Partial<Settings> {
  return typeof value === 'string' ? (JSON.parse(value) as Partial<Settings>) : {};
}
