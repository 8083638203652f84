import type { App } from 'electron';
import { readArguments, readLink, type Incoming } from './deep-links.ts';

/** What comes from outside the program, kept until somebody is there to take it. */
export interface Inbox {
  /** Hands over what has come and what will. An empty list is a second start without anything to open. */
  deliverTo(take: (items: Incoming[]) => void): void;
}

/** Listens from the very beginning: macOS announces a link or a file before the program is ready. */
export function createInbox(app: App, argv: readonly string[], workingDirectory: string): Inbox {
  let early: Incoming[] = readArguments(argv, workingDirectory);
  let take = (items: Incoming[]): void => {
    early = [...early, ...items];
  };
  app.on('second-instance', (_event, secondArgv, secondDirectory) => take(readArguments(secondArgv, secondDirectory)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    take([readLink(url)]);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take(readArguments([path], '/'));
  });
  return {
    deliverTo(taker) {
      take = taker;
      if (early.length > 0) taker(early);
    },
  };
}
