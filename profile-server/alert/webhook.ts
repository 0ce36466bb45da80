import { createHmac } from 'node:crypto';
import { MailError } from '../../common/errors.ts';
import { HOUR, SECOND, type Millis } from '../../common/time.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import { fetchGuarded } from '../../server-kit/egress/guarded-fetch.ts';
import { isLoopbackHost } from '../../server-kit/http/loopback.ts';

const LONGEST_PAUSE = HOUR;

/** After so many failed tries in a row: 30 s, a minute, two … an hour. */
export function pauseAfter(tries: number): Millis {
  return Math.min(30 * SECOND * 2 ** Math.max(0, tries - 1), LONGEST_PAUSE);
}

/**
 * What stands in `X-Valija-Signature`: HMAC-SHA-256 by the webhook's secret over `TIMESTAMP.BODY`, in hex. The time is
 * signed too, so that a receiver can refuse what was recorded earlier.
 */
export function signWebhook(secret: string, timestamp: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

/** MailError `invalid` where it is not https, which only loopback may do without. */
export function checkWebhookUrl(address: string): void {
  const url = new URL(address);
  const secure = url.protocol === 'https:' || isLoopbackHost(url.hostname);
  if (secure && url.username === '' && url.password === '') return;
  throw new MailError('invalid', 'a webhook needs https', { reason: 'webhook-address', field: 'address' });
}

/** One POST; MailErrors of `fetchGuarded`, and `server-error` where the answer is none of 2xx. */
export async function postWebhook(
  egress: EgressGuard,
  hook: { address: string; secret: string },
  message: { id: string; body: string; now: Millis },
  signal: AbortSignal,
): Promise<void> {
  const timestamp = Math.floor(message.now / SECOND);
  const answer = await fetchGuarded(egress, hook.address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Valija',
      'x-valija-delivery': message.id,
      'x-valija-timestamp': String(timestamp),
      'x-valija-signature': signWebhook(hook.secret, timestamp, message.body),
    },
    body: message.body,
    timeoutMs: 10 * SECOND,
    maxBytes: 64 * 1024,
    signal,
  });
  if (answer.status >= 200 && answer.status < 300) return;
  const params = { host: new URL(hook.address).hostname, status: answer.status };
  throw new MailError('server-error', `the webhook answered ${answer.status}`, { params });
}
