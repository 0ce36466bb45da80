import { useEffect, useState } from 'react';

/** A value once it has rested for 250 ms: typing asks the server when it pauses, not at each letter. */
export function useLate<T>(value: T): T {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), 250);
    return () => clearTimeout(timer);
  }, [value]);
  return late;
}
