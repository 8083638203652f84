import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createFileReader } from '../../../electron/imports/worker-client.ts';
import { temporaryFolder } from '../support/book.ts';

/** A thread that answers its first task and then does what the file's name says. */
const thread = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ file }) => {
    if (file === 'says nothing') process.exit(0);
    parentPort.postMessage({ kind: 'inspection', inspection: { format: 'json', csv: null } });
    if (file === 'ends afterwards') setImmediate(() => process.exit(0));
  });
`;

function fileReader() {
  const folder = temporaryFolder();
  const file = join(folder.path, 'thread.mjs');
  writeFileSync(file, thread);
  const reader = createFileReader(pathToFileURL(file));
  onTestFinished(async () => {
    await reader.close();
    folder.remove();
  });
  return reader;
}

test('a file is looked at although the thread that looked at the last one has ended meanwhile', async () => {
  const reader = fileReader();
  await reader.inspect('ends afterwards');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await reader.inspect('any')).toMatchObject({ format: 'json' });
});

test('a thread that ends without an answer fails its file and not the next', async () => {
  const reader = fileReader();
  await expect(reader.inspect('says nothing')).rejects.toThrow('ended without an answer');
  expect(await reader.inspect('any')).toMatchObject({ format: 'json' });
});
