import type { DkimAlgorithm } from '../../common/shapes/dkim.ts';
import { formatTime, type Millis } from '../../common/time.ts';

/** Names for new keys: the day and the kind, `20261121-rsa`, counted up where another key has that name. */
export function chooseSelector(algorithm: DkimAlgorithm, now: Millis, taken: ReadonlySet<string>): string {
  const day = formatTime(now).slice(0, 10).replaceAll('-', '');
  for (let count = 1; ; count += 1) {
    const selector = `v${day}${count === 1 ? '' : `-${count}`}-${algorithm}`;
    if (!taken.has(selector)) return selector;
  }
}
