import { MailError } from '../../../common/errors.ts';
import type { Millis } from '../../../common/time.ts';
import type { Database, Writer } from '../../../server-kit/database/database.ts';
import { appendResults } from '../../result/result-store.ts';
import type { RecipientState } from '../queued-mail.ts';
import { finishMail } from '../settle-store.ts';
import { lockRecipients, writeState, writeStop, type ControlRow } from './control-store.ts';
import { decideControl, type ControlAction } from './decide.ts';
import { describeControl } from './describe-control.ts';
import { findHolder, noteAction, type EventKind } from './event-store.ts';
import type { RecipientId } from './recipient-id.ts';

export interface ControlCaller {
  user: string;
  admin: boolean;
}

export interface ControlDone {
  /** Recipients whose state changed. */
  changed: number;
  /** Recipients that are being tried just now: it holds for them if that comes back deferred. */
  trying: number;
}

const DONE: Record<ControlAction, EventKind> = {
  hold: 'held',
  release: 'released',
  retry: 'retried',
  cancel: 'cancelled',
};

/**
 * Does `action` to the recipients that `ids` name, all or none of them in one transaction, and tells their homes.
 * Users reach their own mails, administrators all. MailError `not-found` (`queued-mail`).
 */
export async function changeRecipients(
  database: Database,
  request: { action: ControlAction; ids: readonly RecipientId[]; caller: ControlCaller; now: Millis },
): Promise<ControlDone> {
  const { action, ids, caller, now } = request;
  return await database.write(async (tx) => {
    const done: ControlDone = { changed: 0, trying: 0 };
    for (const { mail, number } of ids) {
      const rows = await lockRecipients(tx, { mail, number, user: caller.admin ? null : caller.user });
      if (rows.length === 0) throw refuseUnknown(mail, number);
      const before = done.changed;
      for (const row of rows) await changeOne(tx, row, request, done);
      if (action === 'cancel' && done.changed > before) await finishMail(tx, mail, now);
    }
    return done;
  });
}

async function changeOne(
  tx: Writer,
  row: ControlRow,
  { action, caller, now }: { action: ControlAction; caller: ControlCaller; now: Millis },
  done: ControlDone,
): Promise<void> {
  const decision = decideControl(action, row, now);
  if (decision.do === 'leave') return;
  if (action === 'release' && !caller.admin) await demandOwnHold(tx, row);
  const actor = caller.user;
  if (decision.do === 'stop') {
    done.trying += 1;
    return await writeStop(tx, row, { state: decision.state, actor });
  }
  done.changed += 1;
  await carryOut(tx, row, { ...decision, actor, now, kind: DONE[action] });
}

/** What an administrator holds, to look at it or to stop it, does not go on because its sender wants it to. */
async function demandOwnHold(tx: Writer, row: ControlRow): Promise<void> {
  const holder = row.stoppedBy ?? (await findHolder(tx, row.mail, row.number)) ?? row.user;
  if (holder === row.user) return;
  throw new MailError('forbidden', 'an administrator holds it', { reason: 'held-by-admin' });
}

/** Writes the new state of one recipient, takes an open stop out, and tells the home. */
export async function carryOut(
  tx: Writer,
  row: ControlRow,
  change: { state: RecipientState; nextTry: Millis | null; actor: string; now: Millis; kind: EventKind },
): Promise<void> {
  const { actor, now, kind } = change;
  await writeState(tx, row, change);
  if (row.stop !== null) await writeStop(tx, row, { state: null, actor });
  await noteAction(tx, row.mail, { number: row.number, at: now, kind, actor });
  const body = JSON.stringify(describeControl(row, change));
  const { mail, user, sendKey } = row;
  await appendResults(tx, row.home, [{ mail, user, sendKey, kind: 'recipient', body }]);
}

function refuseUnknown(mail: string, number: number | null): MailError {
  const id = number === null ? mail : `${mail}-${number}`;
  return new MailError('not-found', 'no such mail in the queue', { reason: 'queued-mail', params: { id } });
}
