import { MailError } from '../../../common/errors.ts';
import { formatMailDate } from '../../../common/mail-date.ts';
import type { SendStatus } from '../../../common/shapes/status.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { readLater } from '../../read-later.ts';
import { changeDate } from './change-date.ts';
import type { DueTime } from './choose-due-time.ts';
import { demandStatus } from '../status/read-status.ts';
import { type SendRow, findSendByMail } from '../send-store.ts';
import type { SendingCore } from '../sending-core.ts';
import { withSpooled } from '../spool.ts';
import { changeDueTime } from './waiting-store.ts';

/**
 * Another time for what no relay has seen yet; the mail is dated anew with it. MailError `conflict` reason
 * `already-sent` or `send-cancelled` when there is nothing to change any more, `invalid` for a time that is over.
 */
export async function changeSendTime(
  core: SendingCore,
  user: string,
  mail: string,
  at: string,
): Promise<SendStatus> {
  const send = await findSendByMail(core.db.read, user, mail);
  if (send === null) throw new MailError('not-found', 'not sent from here', { reason: 'send' });
  if (send.state !== 'waiting') throw refuseChange(send);
  const when = chooseTime(core.clock.now(), at);
  const change = async (tx: Writer): Promise<void> => {
    if (await changeDueTime(tx, send, when)) return;
    throw refuseChange((await findSendByMail(tx, user, mail)) ?? send);
  };
  if (isSameDate(send.dueAt, when.dueAt)) await core.mails.touch(user, [mail], change);
  else await redate(core, send, when, change);
  core.wake();
  return await demandStatus(core, user, mail);
}

/** Whether its Date stays as it is. */
function isSameDate(before: number, after: number): boolean {
  return formatMailDate(new Date(before)) === formatMailDate(new Date(after));
}

function chooseTime(now: number, at: string): DueTime {
  const dueAt = at === 'now' ? now : readLater(at, now);
  return dueAt <= now ? { dueAt: now, scheduled: false } : { dueAt, scheduled: true };
}

/** The bytes and the time change in one transaction: what leaves never has the date of another time. */
async function redate(
  core: SendingCore,
  send: SendRow,
  { dueAt }: DueTime,
  change: (tx: Writer) => Promise<void>,
): Promise<void> {
  const { user, mail, sendKey } = send;
  const raw = await core.mails.openRaw(user, mail, null);
  const [row] = await core.mails.readRows(user, [mail]);
  const received = row === undefined ? core.clock.now() : new Date(row.received).getTime();
  await withSpooled(core, changeDate(raw.open(0, raw.size), send.dueAt, dueAt), async (source) => {
    await core.mails.replaceMail(user, mail, { source, received, flags: null, sendKey }, change);
  });
}

function refuseChange({ state }: SendRow): MailError {
  return state === 'cancelled'
    ? new MailError('conflict', 'it was taken back', { reason: 'send-cancelled' })
    : new MailError('conflict', 'it is on its way already', { reason: 'already-sent' });
}
