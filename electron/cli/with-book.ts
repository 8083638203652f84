import type { OpenBook, OpenBookOptions } from './open-book.ts';

/** Opens a profile's book for one piece of work, and closes it whatever comes of that. */
export async function withBook<T>(dataDir: string, work: (book: OpenBook) => Promise<T>, options?: OpenBookOptions): Promise<T> {
  // Loaded only now: a command that was called wrongly says so at once.
  const { openBook } = await import('./open-book.ts');
  const book = await openBook(dataDir, options);
  try {
    return await work(book);
  } finally {
    await book.close();
  }
}
