import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { iconFiles } from './icon-files.ts';

/* `npx node electron/packaging/make-icons.ts`: draws the icons anew after a change of pictogram.ts. */

for (const [name, content] of iconFiles()) {
  const file = join(import.meta.dirname, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
