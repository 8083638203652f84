import { useEffect, useState } from 'react';

const minute = 60_000;

/** The time, told again every minute, so that 'today' becomes 'yesterday' in a window left open. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), minute);
    return () => clearInterval(timer);
  }, []);
  return now;
}
