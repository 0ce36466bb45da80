import { z } from 'zod';
import { count, id, list, orNull, port, text, time } from './contract-words.ts';

// docs/json.md as strict shapes: what the relay has, and the ways mail takes.
export const queueList = z.strictObject({
  items: list(
    z.strictObject({
      id,
      recipientId: id,
      from: z.string(),
      recipient: text,
      state: text,
      route: orNull(z.enum(['relay', 'smarthost'])),
      attempts: count,
      queuedAt: time,
      nextTry: orNull(time),
      size: count,
      error: orNull(z.string()),
    }),
  ),
  next: orNull(text),
});
const tried = {
  host: orNull(text),
  code: orNull(z.number().int()),
  enhanced: orNull(text),
  tls: orNull(text),
  reason: orNull(text),
  serverLine: orNull(z.string()),
};
export const queueShow = z.strictObject({
  id,
  user: id,
  from: z.string(),
  messageId: orNull(text),
  size: count,
  route: z.enum(['relay', 'smarthost']),
  account: orNull(id),
  priority: z.enum(['interactive', 'bulk']),
  queuedAt: time,
  finishedAt: orNull(time),
  recipients: list(
    z.strictObject({
      id,
      address: text,
      state: z.enum(['held', 'queued', 'accepted', 'deferred', 'failed', 'cancelled']),
      trying: z.boolean(),
      stop: orNull(z.enum(['held', 'cancelled'])),
      paused: z.boolean(),
      attempts: count,
      lastAttempt: orNull(time),
      nextTry: orNull(time),
      ...tried,
      history: list(
        z.strictObject({
          at: time,
          event: z.enum(['deferred', 'held', 'released', 'retried', 'cancelled']),
          by: orNull(id),
          ...tried,
        }),
      ),
    }),
  ),
});
export const queueChange = z.strictObject({ changed: count, trying: count });
export const relayStatus = z.strictObject({
  pauses: list(
    z.strictObject({
      scope: z.enum(['all', 'destination', 'account']),
      destination: orNull(text),
      account: orNull(id),
      reason: z.string(),
      by: id,
      since: time,
      waiting: count,
    }),
  ),
  waiting: z.strictObject({ queued: count, deferred: count, held: count }),
  oldest: orNull(time),
  active: count,
});
export const routeExplain = z.strictObject({
  from: text,
  to: text,
  allowed: z.boolean(),
  reason: orNull(text),
  route: orNull(
    z.strictObject({ kind: z.enum(['mx', 'smarthost']), host: text, port, tls: text, auth: orNull(text) }),
  ),
  dkim: orNull(z.strictObject({ domain: text, selector: text })),
  remedy: orNull(text),
  params: z.record(text, z.union([text, z.number()])),
  dmarc: orNull(
    z.strictObject({
      domain: text,
      policy: orNull(z.enum(['none', 'quarantine', 'reject'])),
      aligned: orNull(z.enum(['dkim', 'spf', 'unknown'])),
    }),
  ),
  tlsPolicy: orNull(text),
  decidedBy: orNull(z.enum(['identity', 'account', 'domain'])),
});
