import { MailError } from '../../common/errors.ts';
import { DAY, MINUTE, SECOND } from '../../common/time.ts';
import { repeat } from '../../server-kit/repeat.ts';
import type { ProfileContext } from '../context.ts';
import { listDueDeliveries, saveDelivery, takeDelivery, type DeliveryRecord } from './delivery-store.ts';
import { findTarget } from './target-store.ts';
import { pauseAfter, postWebhook } from './webhook.ts';

/** A process that took one and says nothing for so long has died with it. */
const TAKEN_FOR = MINUTE;
const GIVE_UP_AFTER = DAY;
const LOOK_EVERY = 5 * SECOND;

export function sealedSecretOf(target: string): string[] {
  return ['alert_target', target];
}

/** Posts to webhooks what is due, each message until it was taken, for a day; the returned function ends it. */
export function startDelivering(server: ProfileContext): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (): number => LOOK_EVERY;
  const news = server.hints.listen('alert');
  const working = repeat(signal, { log: server.log, event: 'alert.not-delivered', pause }, async () => {
    await deliverDue(server, signal);
    await news.next(LOOK_EVERY, signal);
  });
  return async () => {
    stopping.abort();
    await working;
    news.close();
  };
}

/** What delivering takes of the server. */
export type Deliverer = Pick<ProfileContext, 'db' | 'clock' | 'log' | 'masterKey' | 'egress'>;

/** One look; messages to several webhooks travel side by side. */
export async function deliverDue(server: Deliverer, signal: AbortSignal): Promise<void> {
  const due = await listDueDeliveries(server.db.read, server.clock.now());
  await Promise.all(due.map(async (delivery) => await deliver(server, delivery, signal)));
}

async function deliver(server: Deliverer, delivery: DeliveryRecord, signal: AbortSignal): Promise<void> {
  const begun = server.clock.now();
  const taken = await server.db.write(async (tx) => await takeDelivery(tx, delivery, begun + TAKEN_FOR));
  if (!taken) return;
  const error = await post(server, delivery, signal);
  // A stop is no answer: the next process takes it when its time is over.
  if (signal.aborted) return;
  const now = server.clock.now();
  const tries = delivery.tries + 1;
  const over = now - delivery.made_at > GIVE_UP_AFTER;
  const how =
    error === null
      ? { take_at: null, tries, done_at: now, error: null }
      : { take_at: over ? null : now + pauseAfter(tries), tries, done_at: null, error };
  await server.db.write(async (tx) => await saveDelivery(tx, delivery.id, how));
  if (error !== null) server.log.warn('alert.webhook-failed', { delivery: delivery.id, code: error, tries });
}

/** The code of what went wrong; null when it was taken. */
async function post(
  server: Deliverer,
  delivery: DeliveryRecord,
  signal: AbortSignal,
): Promise<string | null> {
  const target = await findTarget(server.db.read, delivery.target);
  if (target === undefined || target.sealed === null) return 'not-found';
  try {
    const secret = server.masterKey.unseal(target.sealed, sealedSecretOf(target.id)).toString();
    const message = { id: delivery.id, body: delivery.body, now: server.clock.now() };
    await postWebhook(server.egress, { address: target.address, secret }, message, signal);
    return null;
  } catch (error) {
    if (error instanceof MailError) return error.code;
    throw error;
  }
}
