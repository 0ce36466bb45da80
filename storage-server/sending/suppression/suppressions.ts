import { MailError } from '../../../common/errors.ts';
import type { Suppression } from '../../../common/shapes/suppression.ts';
import { SECOND } from '../../../common/time.ts';
import { readCallError } from '../../../server-kit/service-client.ts';
import type { Relay, Relays } from '../relay/relays.ts';

const CALL_MS = 10 * SECOND;

/** The suppressed addresses of a user, latest first; of several relays with queues of their own the latest entry of each address. */
export async function listSuppressions(
  relays: Relays,
  user: string,
  limit: number,
): Promise<{ suppressions: Suppression[] }> {
  const answers = await askAll(
    relays,
    async (relay, signal) => await relay.api.suppression.list.query({ user, limit }, { signal }),
  );
  const latest = new Map<string, Suppression>();
  for (const one of answers.flatMap((answer) => answer.suppressions)) {
    const other = latest.get(one.address);
    if (other === undefined || other.since < one.since) latest.set(one.address, one);
  }
  const suppressions = [...latest.values()].sort((a, b) => b.since.localeCompare(a.since));
  return { suppressions: suppressions.slice(0, limit) };
}

/** Lets these addresses be sent to again. Every relay is told: each remembers for itself for a few seconds. */
export async function removeSuppressions(
  relays: Relays,
  user: string,
  addresses: string[],
): Promise<{ removed: number }> {
  const answers = await askAll(
    relays,
    async (relay, signal) => await relay.api.suppression.remove.mutate({ user, addresses }, { signal }),
  );
  // On one database the first has removed all, on several each has its own.
  return { removed: Math.max(0, ...answers.map((answer) => answer.removed)) };
}

/** What the relays answer that can; MailError, mostly `unavailable`, when none can. */
async function askAll<T>(
  relays: Relays,
  call: (relay: Relay, signal: AbortSignal) => Promise<T>,
): Promise<T[]> {
  const all = await relays.list();
  if (all.length === 0) throw new MailError('unavailable', 'no relay yet', { reason: 'no-relay' });
  const answers: T[] = [];
  let failure: MailError | null = null;
  for (const relay of all) {
    try {
      answers.push(await call(relay, AbortSignal.timeout(CALL_MS)));
    } catch (error) {
      failure = readCallError(error);
    }
  }
  if (answers.length === 0 && failure !== null) throw failure;
  return answers;
}
