import { lazy as reactLazy } from 'react';

/** Milliseconds before a part that is not shown yet is fetched: the first contacts come before it. */
const fetchAfter = 1_000;
/** Milliseconds before a part of the window that could not be fetched is asked for again. */
const retryAfter = 1_000;

/**
 * React's `lazy` for a window whose host may go away: a part is fetched when the window has come to rest, so that it is
 * there when it is needed. One that cannot be fetched is waited for, where React would take the whole
 * window down with everything typed into it.
 */
export const lazy: typeof reactLazy = (load) => {
  setTimeout(() => requestIdleCallback(() => void load().catch(() => undefined)), fetchAfter);
  return reactLazy(() => patiently(load));
};

async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, retryAfter));
    }
  }
}
