import type { Millis } from '../../../../common/time.ts';
import type { Database, Writer } from '../../../../server-kit/database/database.ts';
import { finishMail } from '../../settle-store.ts';
import { carryOut } from '../change-recipients.ts';
import { lockRecipients, writeStop } from '../control-store.ts';
import { isTrying } from '../decide.ts';

/**
 * Carries out what was asked for of these mails during deliveries that are over now; returns how many recipients it
 * stopped. What was accepted or failed meanwhile stays so.
 */
export async function applyStops(database: Database, mails: readonly string[], now: Millis): Promise<number> {
  let applied = 0;
  for (const mail of mails) {
    applied += await database.write(async (tx) => await applyToMail(tx, mail, now));
  }
  return applied;
}

async function applyToMail(tx: Writer, mail: string, now: Millis): Promise<number> {
  let applied = 0;
  for (const row of await lockRecipients(tx, { mail, number: null, user: null })) {
    const { stop, stoppedBy } = row;
    if (stop === null || stoppedBy === null || isTrying(row, now)) continue;
    if (row.state === 'queued' || row.state === 'deferred') {
      await carryOut(tx, row, { state: stop, nextTry: null, actor: stoppedBy, now, kind: stop });
      applied += 1;
    } else {
      await writeStop(tx, row, { state: null, actor: stoppedBy });
    }
  }
  if (applied > 0) await finishMail(tx, mail, now);
  return applied;
}
