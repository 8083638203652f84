import { AppError } from '../../shared/errors.ts';

/**
 * Looks at a request before anything else does: no route, token or body has been read yet.
 * `rawHeaders` are names and values in turn, as Node gives them. Answers why the request is refused, if it is.
 */
export type Guard = (rawHeaders: readonly string[], url: string) => AppError | undefined;

const tokenInUrl =
  /[?&;](?:access_?token|auth_?token|id_?token|token|api_?key|authorization|bearer|jwt|secret)=|fbk_[\w-]{43}/i;

/**
 * The guard of a server on this port. A page that a browser loaded from elsewhere must not reach the book, by
 * DNS rebinding (Host), by a cross-site request (Origin, Sec-Fetch-Site) or by smuggling (framing headers).
 */
export function createGuard(port: number): Guard {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);

  return (rawHeaders, url) => {
    let host: string | undefined;
    let origin: string | undefined;
    let hostCount = 0;
    let originCount = 0;
    let authorizationCount = 0;
    let contentLengthCount = 0;
    let transferEncodingCount = 0;
    let isChunked = false;
    let isCrossSite = false;

    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] ?? '';
      const value = rawHeaders[index + 1] ?? '';
      switch (name.length) {
        case 4:
          if (name.toLowerCase() !== 'host') break;
          hostCount += 1;
          host = value.toLowerCase();
          break;
        case 6:
          if (name.toLowerCase() !== 'origin') break;
          originCount += 1;
          origin = value;
          break;
        case 13:
          if (name.toLowerCase() === 'authorization') authorizationCount += 1;
          break;
        case 14: {
          const lower = name.toLowerCase();
          if (lower === 'content-length') contentLengthCount += 1;
          if (lower === 'sec-fetch-site' && value !== 'same-origin' && value !== 'none') isCrossSite = true;
          break;
        }
        case 17:
          if (name.toLowerCase() !== 'transfer-encoding') break;
          transferEncodingCount += 1;
          isChunked = value.toLowerCase() === 'chunked';
          break;
      }
    }

    if (!url.startsWith('/')) return refusal('The target must be a path');
    if (hostCount !== 1 || host === undefined) return refusal('There must be one Host header');
    if (contentLengthCount + transferEncodingCount > 1) return refusal('The length of the body is given twice');
    if (transferEncodingCount === 1 && !isChunked) return refusal('Transfer-Encoding must be chunked');
    if (!hosts.has(host)) return forbidden('This Host is not served here');
    if (originCount > 1 || (origin !== undefined && origin !== `http://${host}`)) {
      return forbidden('Pages of other origins are not served');
    }
    if (isCrossSite) return forbidden('Requests from other sites are not served');
    if (authorizationCount > 1) return refusal('There must be one Authorization header');
    if (tokenInUrl.test(url)) return refusal('A token must not be in the address; send it as Authorization: Bearer');
    return undefined;
  };
}

function refusal(message: string): AppError {
  return new AppError('invalid', message);
}

function forbidden(message: string): AppError {
  return new AppError('forbidden', message);
}
