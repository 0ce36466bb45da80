import { matchesHost } from '../../common/host-pattern.ts';
import {
  DEFAULT_POLICY,
  LAB_POLICIES,
  REGISTRATIONS,
  SECOND_FACTORS,
  type Policy,
  type PolicySettings,
} from '../../common/shapes/policy.ts';

/** How what is set in two places becomes one: always the stricter. */
const STRICTER: { [Key in keyof Policy]: (a: Policy[Key], b: Policy[Key]) => Policy[Key] } = {
  allowedHosts: (a, b) => (a === null ? b : b === null ? a : intersect(a, b, coversHost)),
  smallestInterval: (a, b) => (a === null ? b : b === null ? a : Math.max(a, b)),
  quotaBytes: (a, b) => (a === null ? b : b === null ? a : Math.min(a, b)),
  leastKeep: (a, b) => (daysOf(a) >= daysOf(b) ? a : b),
  ownAccounts: (a, b) => a && b,
  registration: (a, b) => (a === null ? b : b === null ? a : chooseLater(REGISTRATIONS, a, b)),
  remember: (a, b) => a && b,
  secondFactor: (a, b) => chooseLater(SECOND_FACTORS, a, b),
  resetNeedsTwo: (a, b) => a || b,
  signedInOnly: (a, b) => a && b,
  lab: (a, b) => chooseLater(LAB_POLICIES, a, b),
  labIdleMinutes: (a, b) => Math.min(a, b),
  labSaves: (a, b) => intersect(a, b, coversType),
};

/** What is in force where several places say something; what none says is as `DEFAULT_POLICY`. */
export function mergePolicy(places: readonly PolicySettings[]): Policy {
  const keys = Object.keys(STRICTER) as (keyof Policy)[];
  const said = keys.map((key) => [key, findStrictest(places, key)] as const);
  return { ...DEFAULT_POLICY, ...Object.fromEntries(said.filter(([, value]) => value !== undefined)) };
}

function findStrictest<Key extends keyof Policy>(
  places: readonly PolicySettings[],
  key: Key,
): Policy[Key] | undefined {
  let strictest: Policy[Key] | undefined;
  for (const place of places) {
    const said: Policy[Key] | undefined = place[key];
    if (said !== undefined) strictest = strictest === undefined ? said : STRICTER[key](strictest, said);
  }
  return strictest;
}

/** The one that stands later in a list from the mildest to the strictest. */
function chooseLater<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** What both lists allow, where an entry of one may be inside of an entry of the other. */
function intersect(
  a: readonly string[],
  b: readonly string[],
  covers: (wide: string, narrow: string) => boolean,
): string[] {
  const inB = a.filter((one) => b.some((wide) => covers(wide, one)));
  const inA = b.filter((one) => a.some((wide) => covers(wide, one)));
  return [...new Set([...inB, ...inA])];
}

function coversHost(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  return wide.startsWith('*.') && matchesHost(narrow.replace(/^\*\./, ''), wide);
}

function coversType(wide: string, narrow: string): boolean {
  return wide === narrow || (wide.endsWith('/*') && narrow.startsWith(wide.slice(0, -1)));
}

/** Days that mail has to stay. */
export function daysOf(keep: string): number {
  if (keep === 'any') return 0;
  return keep === 'always' ? Number.POSITIVE_INFINITY : Number(keep.slice('days:'.length));
}
