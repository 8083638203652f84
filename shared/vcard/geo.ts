import type { WrittenVersion } from './property.ts';

/** A place in degrees. */
export interface Place {
  latitude: number;
  longitude: number;
}

/**
 * Reads GEO of every version: `lat;lon` (3.0), `geo:lat,lon` (4.0) and the comma of 2.1, whose order is longitude first
 * in its specification and latitude first in most programs; only where one order is possible is it clear.
 */
export function parseGeo(value: string): Place | undefined {
  const found = /^\s*(?:geo:)?\s*(-?\d+(?:\.\d+)?)\s*\\?[;,]\s*(-?\d+(?:\.\d+)?)\s*(?:[;,].*)?$/i.exec(value);
  if (found === null) return undefined;
  const [first, second] = [Number(found[1]), Number(found[2])];
  const [latitude, longitude] = Math.abs(first) > 90 ? [second, first] : [first, second];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}

/** A place as the value of GEO. */
export function formatGeo({ latitude, longitude }: Place, version: WrittenVersion): string {
  const [north, east] = [decimal(latitude), decimal(longitude)];
  return version === '4.0' ? `geo:${north},${east}` : `${north};${east}`;
}

/** Without an exponent, which GEO does not know. */
function decimal(degrees: number): string {
  const text = String(degrees);
  return text.includes('e') ? degrees.toFixed(15).replace(/\.?0+$/, '') : text;
}
