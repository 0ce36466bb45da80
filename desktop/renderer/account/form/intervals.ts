import { findProviderOfHost } from '../../../../common/providers/find-provider.ts';
import type { Account } from '../../../../common/shapes/account.ts';

/** Our own least interval; a test compares it with the shape of the settings, which would bring its whole library along. */
export const LEAST_SECONDS = 60;

/** Choices of how often to check, in seconds. */
export const INTERVALS = [60, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400] as const;

/** Seconds as people say them: "30 s", "5 min", "2 h". */
export function describeInterval(seconds: number, language: string): string {
  const [unit, size] =
    seconds >= 3600
      ? (['hour', 3600] as const)
      : seconds >= 60
        ? (['minute', 60] as const)
        : (['second', 1] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(
    seconds / size,
  );
}

/** The shortest interval that a POP3 server's provider allows, and which provider that is; `provider` null: only our own least one holds. */
export function leastInterval(host: string): { seconds: number; provider: string | null } {
  const provider = findProviderOfHost(host);
  const gap = provider?.loginGap ?? 0;
  return gap > LEAST_SECONDS
    ? { seconds: gap, provider: provider?.name ?? null }
    : { seconds: LEAST_SECONDS, provider: null };
}

/** What can be picked at a host, with the value that is set, in order. */
export function listIntervals(host: string, now: number): { seconds: number; allowed: boolean }[] {
  const least = leastInterval(host).seconds;
  const all = new Set<number>([...INTERVALS, least, now]);
  return [...all].toSorted((a, b) => a - b).map((seconds) => ({ seconds, allowed: seconds >= least }));
}

/** Which `adaptive` and `interval` a choice means: automatic goes down to the least interval. */
export function readInterval(choice: string, host: string): Pick<Account, 'adaptive' | 'interval'> {
  const least = leastInterval(host).seconds;
  if (choice === 'auto') return { adaptive: true, interval: least };
  return { adaptive: false, interval: Math.max(least, Number(choice)) };
}
