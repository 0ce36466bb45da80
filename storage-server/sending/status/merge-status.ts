import { foldAddress } from '../../../common/compose/recipients.ts';
import type { StoredRecipient } from './recipient-store.ts';

/** The recipient that an address of news means; undefined when the mail was not sent to it. */
export function findRecipient<T extends { address: string }>(
  recipients: readonly T[],
  address: string,
): T | undefined {
  const key = foldAddress(address);
  return recipients.find((one) => foldAddress(one.address) === key);
}

/**
 * What the relay says now. What a later host reported since that try stands above it: the relay only knows that the next
 * host took the mail.
 */
export function mergeNews(before: StoredRecipient, news: StoredRecipient): StoredRecipient {
  const merged = { ...news, address: before.address };
  if (typeof before.report !== 'string') return merged;
  const { report, deliveredAt = null } = before;
  const isOlder = news.lastAttempt === null || (before.lastAttempt ?? '') >= news.lastAttempt;
  if (news.state === 'failed' || !isOlder) return { ...merged, report, deliveredAt };
  const { route, host, tls, attempts } = news;
  return { ...before, route, host: before.host ?? host, tls, attempts };
}

/** Whether news make somebody look at the mail again who had read it: a recipient has just failed. */
export function isNewFailure(before: StoredRecipient, after: StoredRecipient): boolean {
  return after.state === 'failed' && before.state !== 'failed';
}

/** As clients see it. */
export function showRecipient(stored: StoredRecipient, now: number): StoredRecipient {
  const { until = null, deliveredAt = null, report = null, ...status } = stored;
  const shown = { ...status, deliveredAt, report };
  // The host that reported a delay has stopped trying by now, and has not said that it failed.
  const isOver = status.state === 'deferred' && until !== null && until < now;
  return isOver ? { ...shown, state: 'accepted', reason: null, serverLine: null } : shown;
}
