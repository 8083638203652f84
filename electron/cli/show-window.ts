import { openBrowser } from './open-browser.ts';

/** Opens a window's address in the person's browser, or prints it where there is none to be seen. */
export async function showWindow(address: string, whenOpen: string): Promise<void> {
  const opened = await openBrowser(address);
  console.log(opened ? whenOpen : `Open this address once, in a browser on this machine: ${address}`);
}
