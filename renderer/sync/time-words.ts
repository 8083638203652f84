import { clockTime, shortTime } from '../contacts/contact-words.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** 'today 14:05', '21 Nov, 14:05'. */
export function momentWords(at: string, now: Date): string {
  const short = shortTime(at, now);
  const clock = clockTime(at);
  return short === clock ? `today ${clock}` : `${short}, ${clock}`;
}

/** 'just now', '5 min ago', '2 h ago', '3 days ago'. */
export function agoWords(at: string, now: Date): string {
  const passed = Math.max(0, now.getTime() - Date.parse(at));
  if (passed < minute) return 'just now';
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`;
  if (passed < day) return `${Math.floor(passed / hour)} h ago`;
  const days = Math.floor(passed / day);
  return days === 1 ? 'yesterday' : `${days.toLocaleString()} days ago`;
}

/** '3 days', '26 hours': how long something lasted. */
export function durationWords(from: string, to: string): string {
  const passed = Date.parse(to) - Date.parse(from);
  if (passed < 2 * day) return `${Math.round(passed / hour)} hours`;
  return `${Math.round(passed / day).toLocaleString()} days`;
}
