import { invalidField } from '../../../shared/errors.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether tokens may travel to this place: only where nobody can listen. */
export const isPrivate = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname));

/**
 * The origin of a server's address as a person types it, with or without `https://`.
 * @throws AppError naming `url`: anything but HTTPS (or HTTP on this machine), and more than an origin
 */
export function readOrigin(url: string): string {
  const typed = url.trim();
  const scheme = /^(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/i.test(typed) ? 'http' : 'https';
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `${scheme}://${typed}`;
  if (!URL.canParse(address)) throw invalidField('url', 'must be a web address, such as https://gauzy.example.com');
  const parsed = new URL(address);
  if (!isPrivate(parsed)) throw invalidField('url', 'must begin with https:// (http:// only for this computer)');
  if (parsed.username !== '' || parsed.password !== '') throw invalidField('url', 'must not hold a user name or password');
  const rest = parsed.pathname + parsed.search + parsed.hash;
  if (rest !== '/') throw invalidField('url', `must end after the host: leave out ${rest}`);
  return parsed.origin;
}
