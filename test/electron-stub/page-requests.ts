import { fromChromium, sourcesToChromium } from './addresses.ts';
import type { CdpSession, Protocol } from './cdp.ts';
import { protocolHandler } from './protocol.ts';
import type { SessionHooks, WebRequestResponse } from './session.ts';

type PausedRequest = Protocol.Fetch.requestPausedPayload;
type Headers = Record<string, string | string[]>;

export interface Navigation {
  url: string;
  frameId: string;
  /** Whether a server answered the navigation with another address. */
  isRedirect: boolean;
}

interface RequestOptions {
  hooks: SessionHooks;
  /** Whether a navigation of any frame may go on. */
  allowsNavigation: (navigation: Navigation) => boolean;
}

/**
 * Decides about one request of a page, which Chromium holds until then: navigations may be refused, webRequest may
 * cancel, addresses of the app's own schemes are answered by its protocol handler, the rest goes to the network.
 */
export async function answerRequest(page: CdpSession, paused: PausedRequest, options: RequestOptions): Promise<void> {
  const { requestId, request, resourceType, frameId } = paused;
  const url = fromChromium(request.url + (request.urlFragment ?? ''));
  const refuse = (errorReason: Protocol.Network.ErrorReason): Promise<unknown> =>
    page.send('Fetch.failRequest', { requestId, errorReason });

  try {
    if (resourceType === 'Document') {
      const isRedirect = paused.redirectedRequestId !== undefined;
      if (!options.allowsNavigation({ url, frameId, isRedirect })) {
        await refuse('Aborted');
        return;
      }
    }
    if (await isCancelled(options.hooks, url, paused)) {
      await refuse('BlockedByClient');
      return;
    }
    const handler = protocolHandler(url);
    if (!handler) {
      await page.send('Fetch.continueRequest', { requestId });
      return;
    }
    const response = await handler(toRequest(url, request));
    const headers = await receivedHeaders(options.hooks, url, response);
    await page.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: Object.entries(headers).flatMap(([name, values]) =>
        [values].flat().map((value) => ({ name, value: sourcesToChromium(value) }))),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  } catch {
    // The handler threw, or the page has gone meanwhile and there is no one to answer.
    await refuse('Failed').catch(() => {});
  }
}

function toRequest(url: string, request: Protocol.Network.Request): Request {
  const parts = request.postDataEntries?.map(({ bytes }) => Buffer.from(bytes ?? '', 'base64'));
  const body = parts ? Buffer.concat(parts) : null;
  return new Request(url, { method: request.method, headers: request.headers, body });
}

async function isCancelled(hooks: SessionHooks, url: string, paused: PausedRequest): Promise<boolean> {
  const { request, resourceType } = paused;
  const listener = hooks.beforeRequest;
  if (!listener) return false;
  const details = { url, method: request.method, resourceType: resourceType.toLowerCase() };
  const answer = await new Promise<WebRequestResponse>((resolve) => {
    listener(details, resolve);
  });
  return answer.cancel === true;
}

async function receivedHeaders(hooks: SessionHooks, url: string, response: Response): Promise<Headers> {
  const responseHeaders: Headers = Object.fromEntries([...response.headers].map(([name, value]) => [name, [value]]));
  const listener = hooks.headersReceived;
  if (!listener) return responseHeaders;
  const answer = await new Promise<WebRequestResponse>((resolve) => {
    listener({ url, statusCode: response.status, responseHeaders }, resolve);
  });
  return answer.responseHeaders ?? responseHeaders;
}
