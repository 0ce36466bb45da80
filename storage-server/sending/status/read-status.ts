import { MailError } from '../../../common/errors.ts';
import {
  type RecipientState,
  type SendStatus,
  type SendState,
  summariseRecipients,
} from '../../../common/shapes/status.ts';
import { formatTime, type Clock, type Millis } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { showRecipient } from './merge-status.ts';
import { type StoredRecipient, readRecipientStatus } from './recipient-store.ts';
import { type SendRow, findSendByMail } from '../send-store.ts';

interface StatusCore {
  db: Database;
  clock: Clock;
}

/** STATUS of a mail that was sent from here, null for any other. */
export async function readSendStatus(
  core: StatusCore,
  user: string,
  mail: string,
): Promise<SendStatus | null> {
  const send = await findSendByMail(core.db.read, user, mail);
  if (send === null) return null;
  return describeSend(send, await readRecipientStatus(core.db.read, user, mail), core.clock.now());
}

/** STATUS of a mail that is known to have been sent from here. */
export async function demandStatus(core: StatusCore, user: string, mail: string): Promise<SendStatus> {
  const status = await readSendStatus(core, user, mail);
  if (status === null) throw new MailError('internal', 'a sent mail has no status');
  return status;
}

/** What the user sees: as long as it is held, that is what all recipients are. */
export function describeSend(
  send: Pick<SendRow, 'mail' | 'messageId' | 'state' | 'scheduled' | 'dueAt' | 'queueId'>,
  recipients: readonly StoredRecipient[],
  now: Millis,
): SendStatus {
  const held = send.state === 'waiting' && send.dueAt > now;
  const override: RecipientState | null = send.state === 'cancelled' ? 'cancelled' : held ? 'held' : null;
  const shown = recipients
    .map((one) => showRecipient(one, now))
    .map((one) => (override === null ? one : { ...one, state: override }));
  const state: SendState =
    held && send.scheduled ? 'scheduled' : (override ?? summariseRecipients(shown.map((one) => one.state)));
  return {
    id: send.mail,
    messageId: send.messageId,
    state,
    at: send.scheduled || held ? formatTime(send.dueAt) : null,
    recipients: shown,
    queueId: send.queueId,
  };
}
