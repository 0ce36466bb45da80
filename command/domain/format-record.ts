import type { Call } from '../call.ts';
import { fill } from '../words/words.ts';

/** A string of a TXT record holds no more (RFC 1035 3.3). */
const LONGEST_STRING = 255;

/** A TXT record as it is written into a zone: a longer value in several strings, which readers join. */
export function formatRecord({ name, value }: { name: string; value: string }, call: Call): string {
  const strings = value.match(new RegExp(`.{1,${LONGEST_STRING}}`, 'g')) ?? [];
  return fill(call.words().domainRecord, { name, value: strings.join('" "') });
}
