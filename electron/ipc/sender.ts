import type { IpcMainInvokeEvent, WebContents } from 'electron';

/**
 * Whether a call comes from the page itself of one of our windows: from its top frame, which is still there, showing
 * our own origin. `isOurs` knows the contents of the windows that this program opened.
 */
export function isTrustedSender(
  { sender, senderFrame }: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  pageOrigin: string,
  isOurs: (contents: WebContents) => boolean,
): boolean {
  // Null once the frame has gone or has navigated since it called.
  if (senderFrame === null || senderFrame !== sender.mainFrame || senderFrame.parent !== null) return false;
  return senderFrame.origin === pageOrigin && isOurs(sender);
}
