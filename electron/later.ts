/** Calls back later, unless the program ends before; returns the way to call it off. */
export function later(milliseconds: number, callback: () => void): () => void {
  const handle = setTimeout(callback, milliseconds).unref();
  return () => clearTimeout(handle);
}
