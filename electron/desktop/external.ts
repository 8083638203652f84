import { AppError } from '../../shared/errors.ts';

export interface ExternalDeps {
  /** Hands an address to the system. */
  open: (address: string) => Promise<void>;
  /** Asks the person about a web site they have not opened from here before. */
  confirm: (host: string) => Promise<boolean>;
  /** The web sites the person has agreed to; kept by whoever passes them. */
  knownHosts: { has: (host: string) => boolean; add: (host: string) => void };
  /** Origin of the local API, whose documentation is the one page opened without TLS. */
  apiUrl: () => string | null;
}

/**
 * The only way out of the program: takes an address, which may come from a contact and so from anyone, and opens it
 * when it is a web site the person agrees to, a mail address or a phone number. False when the person says no.
 * Throws AppError `invalid` for anything else; nothing is opened then.
 */
export function createExternalOpener({ open, confirm, knownHosts, apiUrl }: ExternalDeps): (address: unknown) => Promise<boolean> {
  return async (address) => {
    const url = externalAddress(address, apiUrl());
    if (url.protocol === 'https:' && !knownHosts.has(url.host)) {
      if (!(await confirm(url.host))) return false;
      knownHosts.add(url.host);
    }
    await open(url.href);
    return true;
  };
}

/** The address as it will be opened. A plain `http:` site is opened with TLS. Throws AppError `invalid`. */
export function externalAddress(address: unknown, apiUrl: string | null): URL {
  const url = typeof address === 'string' && address.length <= 2_000 && URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'mailto:') {
    // Whom to write to, and no more: some mail programs attach the files that an address names.
    url.search = '';
    return url;
  }
  if (url?.protocol === 'tel:') return url;
  if (url && isWebSite(url)) {
    if (url.origin !== apiUrl) url.protocol = 'https:';
    return url;
  }
  throw new AppError('invalid', 'Only web, mail and phone addresses can be opened');
}

/** A name and password in an address are there to make it look like another one. */
function isWebSite({ protocol, username, password }: URL): boolean {
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
