import { makeId } from '../../common/ids.ts';
import type { AlertMessage, AlertView } from '../../common/shapes/alert.ts';
import { formatTime, type Millis } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { addNotice } from '../notice/notice-store.ts';
import type { AlertRecord } from './alert-store.ts';
import { addDelivery } from './delivery-store.ts';
import { findReceiver, listTargets, type TargetRecord } from './target-store.ts';

export function viewAlert(record: AlertRecord): AlertView {
  const { id, kind, subject, detail, opened_at, resolved_at } = record;
  return {
    id,
    kind,
    subject,
    detail: JSON.parse(detail) as AlertView['detail'],
    openedAt: formatTime(opened_at),
    resolvedAt: formatTime(resolved_at),
  };
}

/** Writes down in this transaction that all targets are to hear of it: told or not, it is not forgotten. */
export async function tellAlert(
  server: Pick<ProfileContext, 'random' | 'settings'>,
  tx: Writer,
  what: Pick<AlertMessage, 'event' | 'alert'>,
  now: Millis,
  only: TargetRecord | null = null,
): Promise<void> {
  const message: AlertMessage = { ...what, server: server.settings.publicUrl };
  const body = JSON.stringify(message);
  for (const target of only === null ? await listTargets(tx) : [only]) {
    const id = makeId('alertmsg', server.random);
    const mail = target.kind === 'mail';
    const receiver = mail ? await findReceiver(tx, target.made_by) : null;
    const lost = mail && receiver === null;
    await addDelivery(tx, {
      id,
      target: target.id,
      body,
      made_at: now,
      take_at: mail ? null : now,
      tries: 0,
      // A mail is the relay's from here on, and its outbox is as durable as this row.
      done_at: mail && !lost ? now : null,
      error: lost ? 'unavailable' : null,
    });
    if (receiver === null) continue;
    await addNotice(tx, {
      id: makeId('notice', server.random),
      user: receiver,
      recipient: target.address,
      kind: 'alert',
      language: target.language,
      about: id,
      made_at: now,
      take_at: now,
    });
  }
}

/** Wakes who posts to webhooks and the relays that take mails: after the commit. */
export function tellDeliveries({ hints }: Pick<ProfileContext, 'hints'>): void {
  hints.give('notice');
  hints.give('alert');
}
