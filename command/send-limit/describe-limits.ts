import type { Call } from '../call.ts';
import { formatSize } from '../format.ts';
import { fill } from '../words/words.ts';

/** What a user may send, as far as it is his own limit. */
export function describeLimits(
  limits: { perHour: number | null; recipients: number | null; size: number | null },
  call: Call,
): string {
  const words = call.words();
  const { perHour, recipients, size } = limits;
  const said = [
    ...(perHour === null ? [] : [fill(words.sendPerHour, { n: perHour })]),
    ...(recipients === null ? [] : [fill(words.sendRecipients, { n: recipients })]),
    ...(size === null ? [] : [fill(words.sendSize, { size: formatSize(size, call.language()) })]),
  ];
  return said.join(', ');
}
