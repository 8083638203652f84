import { AppError } from '../../shared/errors.ts';

const allowed = new Set(['https:', 'http:', 'mailto:', 'tel:']);

/** The address to hand to the system, or a refusal: contacts come from anywhere, and so do their links. */
export function externalAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !allowed.has(url.protocol)) throw new AppError('invalid', 'Only web, mail and phone addresses can be opened');
  return url.href;
}
