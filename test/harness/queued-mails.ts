import type { Database } from '../../server-kit/database/database.ts';
import type { Enqueued } from '../../smtp-relay/queue/commit/change.ts';
import { commitChanges } from '../../smtp-relay/queue/commit/commit-changes.ts';
import type { Delivery, NewMail, Outcome } from '../../smtp-relay/queue/queued-mail.ts';

export const T0 = 1_800_000_000_000;
let made = 0;

/** A mail of one second's making, each with ids of its own. */
export function makeMail(change: Partial<NewMail> = {}, to: string[] = ['bob@x.test']): NewMail {
  made += 1;
  return {
    id: `queue_${String(made).padStart(4, '0')}`,
    user: 'user_a',
    home: 'storage_a',
    sendKey: `key-${made}`,
    mailFrom: 'a@x.test',
    account: null,
    utf8: false,
    eightBit: false,
    messageId: '<1@x.test>',
    priority: 0,
    requireTls: false,
    tlsOptional: false,
    dsn: { ret: null },
    queuedAt: T0,
    recipients: to.map((address) => ({
      address,
      destination: `mx:${address.split('@')[1]}`,
      notify: null,
      original: null,
    })),
    body: Buffer.from('From: a@x.test\r\n\r\nhi\r\n'),
    ...change,
  };
}

export function makeOutcome(number: number, change: Partial<Outcome> = {}): Outcome {
  return {
    number,
    state: 'accepted',
    nextTry: null,
    route: 'relay',
    host: 'mx.x.test',
    code: 250,
    enhanced: '2.0.0',
    tls: null,
    reason: null,
    serverLine: '250 ok',
    ...change,
  };
}

/** New mails as the queue writes them, without a claim. */
export async function insertMails(database: Database, mails: readonly NewMail[]): Promise<Enqueued[]> {
  const written = await commitChanges(
    database,
    mails.map((mail) => ({ kind: 'mail', mail, claim: null })),
  );
  return written.flatMap((one) => one ?? []);
}

export async function settleDelivery(
  database: Database,
  { mail, lease, recipients }: Delivery,
  outcomes: readonly Outcome[],
  { now, dsn }: { now: number; dsn: Buffer | null },
): Promise<void> {
  const about = outcomes.filter(({ state }) => state === 'failed').map(({ number }) => number);
  const report = dsn === null ? null : { raw: dsn, about };
  const settlement = { mail, lease, recipients, outcomes, now, dsn: report };
  await commitChanges(database, [{ kind: 'settlement', settlement }]);
}
