import { FIRST } from './first-attacks.ts';
import { MUTATIONS } from './mutation-attacks.ts';
import { STYLES } from './style-attacks.ts';
import { TRICKS } from './trick-attacks.ts';

/** Every hostile mail of ours, as its HTML. */
const HOSTILE: readonly string[] = [...FIRST, ...MUTATIONS, ...STYLES, ...TRICKS];

/** The corpus with a place on the attacker's own host for each of what it would fetch. */
export function aimAttacks(url: string): string[] {
  const host = url.replace('http://', '');
  return HOSTILE.map((html) => html.replaceAll('{X}', url).replaceAll('{H}', host));
}
