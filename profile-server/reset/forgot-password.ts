import { makeId } from '../../common/ids.ts';
import { DAY, HOUR } from '../../common/time.ts';
import type { ProfileContext } from '../context.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { nameTries, refuseTry } from '../password/tries/limit-tries.ts';
import { countWrong } from '../password/tries/try-store.ts';
import { groupAddress } from '../password/tries/try-limit.ts';
import { hashSecretCode } from '../secret-code.ts';
import { foldUserName } from '../user/user-name.ts';
import { findUserByName } from '../user/user-store.ts';
import { mailReset } from './make-reset.ts';
import { deriveResetCode } from './reset-code.ts';
import { judgeReset, mayAskAgain, RESET_LIVES } from './reset-rule.ts';
import { addReset, findPendingReset, listOwnRequests } from './reset-store.ts';

/** Of one place, by the clock; whatever names are asked for. A thousand people may sit behind one address, and ask all day. */
const REQUESTS_AN_HOUR = 20;

/**
 * Has a code mailed to the user of this name, if there is one with a proven second address. The answer is the same for every
 * name, and comes before anything is looked up. MailError `too-many-tries`, by address alone.
 */
export async function forgotPassword(server: ProfileContext, name: string, address: string): Promise<void> {
  const now = server.clock.now();
  const hour = Math.floor(now / HOUR);
  const who = nameTries(server, ['forgot', groupAddress(address), String(hour)]);
  const asked = await server.db.write(async (tx) => await countWrong(tx, who, now, now - HOUR));
  if (asked.wrong > REQUESTS_AN_HOUR) throw refuseTry(server, (hour + 1) * HOUR - now);
  const work = mailCodeTo(server, name)
    .catch((error: unknown) => server.log.error('forgot-password.failed', { error }))
    .finally(() => server.openRefreshes.delete(work));
  // Stopping waits for it.
  server.openRefreshes.add(work);
}

async function mailCodeTo(server: ProfileContext, name: string): Promise<void> {
  const mailed = await server.db.write(async (tx) => {
    const now = server.clock.now();
    const user = await findUserByName(tx, foldUserName(name));
    if (user === undefined || judgeReset(user, 'mail') !== null) return false;
    if (!mayAskAgain(await listOwnRequests(tx, user.id, now - DAY), now)) return false;
    // What an admin has begun is not ended by whoever knows the name.
    const pending = await findPendingReset(tx, user.id, now);
    if (pending !== undefined && pending.how !== 'self') return false;
    const id = makeId('reset', server.random);
    await addReset(tx, {
      id,
      user: user.id,
      code_hash: hashSecretCode(deriveResetCode(server, id)),
      how: 'self',
      state: 'open',
      also_factors: 0,
      made_by: user.id,
      approved_by: null,
      made_at: now,
      expires_at: now + RESET_LIVES,
    });
    await mailReset(server, tx, user, id);
    await appendAudit(tx, {
      at: now,
      actor: user.id,
      action: 'user.forgot',
      subject: user.id,
      detail: {},
    });
    return true;
  });
  if (mailed) server.hints.give('notice');
}
