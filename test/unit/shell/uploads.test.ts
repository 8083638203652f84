import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createUploads, type UploadSender } from '../../../electron/ipc/uploads.ts';

/** A page of a window, with the events of its end. */
const page = () => {
  const events = new EventEmitter();
  return { events, sender: events as unknown as UploadSender };
};

function setUp() {
  const outcomes: string[] = [];
  const uploads = createUploads(async (_name, _input, file) => {
    try {
      for await (const piece of file) outcomes.push(`piece ${Buffer.from(piece).toString()}`);
      outcomes.push('complete');
    } catch (error) {
      outcomes.push(error instanceof Error ? error.message : '');
      throw error;
    }
    return 'taken';
  });
  return { uploads, outcomes };
}

test('a file that a window sends arrives whole', async () => {
  const { uploads, outcomes } = setUp();
  const { sender } = page();
  const id = uploads.open(sender, 'import.stage', {});
  await uploads.piece(sender, id, Buffer.from('one'));
  expect(await uploads.end(sender, id, true)).toBe('taken');
  expect(outcomes).toEqual(['piece one', 'complete']);
});

for (const end of ['destroyed', 'render-process-gone', 'did-navigate']) {
  test(`what a page was sending is given up at once when it is gone (${end}), and others go on`, async () => {
    const { uploads, outcomes } = setUp();
    const [gone, other] = [page(), page()];
    const id = uploads.open(gone.sender, 'import.stage', {});
    const otherId = uploads.open(other.sender, 'import.stage', {});
    gone.events.emit(end);
    await expect.poll(() => outcomes).toEqual(['The window that sent the file is gone']);
    await expect(uploads.piece(gone.sender, id, Buffer.from('late'))).rejects.toMatchObject({ kind: 'notFound' });
    expect(await uploads.end(other.sender, otherId, true)).toBe('taken');
  });
}

test('one window can neither add to nor end what another one sends', async () => {
  const { uploads } = setUp();
  const [mine, theirs] = [page(), page()];
  const id = uploads.open(mine.sender, 'import.stage', {});
  await expect(uploads.piece(theirs.sender, id, Buffer.from('x'))).rejects.toMatchObject({ kind: 'notFound' });
  await expect(uploads.end(theirs.sender, id, true)).rejects.toMatchObject({ kind: 'notFound' });
  expect(await uploads.end(mine.sender, id, true)).toBe('taken');
});
