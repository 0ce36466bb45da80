import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import type { UserCaller } from '../../server-kit/auth/caller.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { demandPowerOver } from '../group/reach.ts';
import { addNotice } from '../notice/notice-store.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { findLanguage } from '../profile/find-language.ts';
import { hashSecretCode, makeSecretCode } from '../secret-code.ts';
import { endSessionsOf, tellRevocation } from '../session/end-session.ts';
import { writeNote } from '../session/note/security-notes.ts';
import { demandOther } from '../user/change/disable-user.ts';
import type { UserRecord } from '../user/user-store.ts';
import { deriveResetCode } from './reset-code.ts';
import { judgeReset, RESET_LIVES } from './reset-rule.ts';
import { addReset, endResetsOf, findPendingReset, moveReset, type ResetRecord } from './reset-store.ts';

export interface ResetInput {
  id: string;
  how: 'mail' | 'hand';
  /** Also take away authenticator app and passkeys: they are lost too. */
  alsoFactors?: boolean | undefined;
}

/**
 * A code with which the user chooses a new password: mailed to the second address that he has proven, or answered to be handed
 * over. Where the policy wants two admins it is good for nothing until a second one approves. It ends all sessions; the old
 * password stays good until the code is used. MailErrors `forbidden`, `not-found`, `conflict`, `invalid`.
 */
export async function makeReset(
  server: ProfileContext,
  caller: UserCaller,
  input: ResetInput,
): Promise<{ code: string | null; needsApproval: boolean }> {
  demandOther(caller, input.id);
  const made = await server.db.write(async (tx) => {
    const user = await demandPowerOver(tx, caller, input.id);
    demandPossible(user, input.how);
    const needsApproval = (await readPolicy(tx, user.id)).resetNeedsTwo;
    const now = server.clock.now();
    const id = makeId('reset', server.random);
    const code = input.how === 'hand' ? makeSecretCode(server.random) : deriveResetCode(server, id);
    const reset: ResetRecord = {
      id,
      user: user.id,
      code_hash: hashSecretCode(code),
      how: input.how,
      state: needsApproval ? 'waiting' : 'open',
      also_factors: input.alsoFactors === true ? 1 : 0,
      made_by: caller.user,
      approved_by: null,
      made_at: now,
      expires_at: now + RESET_LIVES,
    };
    await addReset(tx, reset);
    const detail = { how: input.how, factors: reset.also_factors, needsApproval: needsApproval ? 1 : 0 };
    await appendAudit(tx, { at: now, actor: caller.user, action: 'user.reset', subject: user.id, detail });
    if (!needsApproval) await takeEffect(server, tx, user, reset);
    return { code: input.how === 'hand' ? code : null, needsApproval };
  });
  tellReset(server, input.id);
  return made;
}

/** The second admin's consent; the 24 hours begin. MailErrors `conflict` (`no-reset`), `forbidden` (`second-admin`). */
export async function approveReset(server: ProfileContext, caller: UserCaller, id: string): Promise<void> {
  demandOther(caller, id);
  await server.db.write(async (tx) => {
    const user = await demandPowerOver(tx, caller, id);
    const now = server.clock.now();
    const reset = await findPendingReset(tx, id, now);
    if (reset?.state !== 'waiting') throw noReset();
    if (reset.made_by === caller.user) {
      throw new MailError('forbidden', 'made by the same admin', { reason: 'second-admin' });
    }
    const open = { state: 'open', approved_by: caller.user, expires_at: now + RESET_LIVES } as const;
    if (!(await moveReset(tx, reset.id, 'waiting', open))) throw noReset();
    const detail = { madeBy: reset.made_by };
    await appendAudit(tx, { at: now, actor: caller.user, action: 'user.approve-reset', subject: id, detail });
    await takeEffect(server, tx, user, reset);
  });
  tellReset(server, id);
}

/** A reset that is not wanted any more: its code is worth nothing. MailError `conflict` (`no-reset`). */
export async function endReset(server: ProfileContext, caller: UserCaller, id: string): Promise<void> {
  await server.db.write(async (tx) => {
    await demandPowerOver(tx, caller, id);
    const now = server.clock.now();
    if ((await findPendingReset(tx, id, now)) === undefined) throw noReset();
    await endResetsOf(tx, id);
    await appendAudit(tx, { at: now, actor: caller.user, action: 'user.end-reset', subject: id, detail: {} });
  });
}

function demandPossible(user: UserRecord, how: 'mail' | 'hand'): void {
  const refused = judgeReset(user, how);
  if (refused === null) return;
  throw new MailError(refused.code, 'no reset', { reason: refused.reason, params: { name: user.name } });
}

/** From now on the code counts. Whoever is signed in as this user has to prove himself anew. */
async function takeEffect(
  server: ProfileContext,
  tx: Writer,
  user: UserRecord,
  reset: ResetRecord,
): Promise<void> {
  await endSessionsOf(tx, server, user.id, null);
  await writeNote(tx, server, { user: user.id, what: 'reset-made', by: reset.made_by });
  if (reset.how === 'mail') await mailReset(server, tx, user, reset.id);
}

/** To the address as it stands now; tell of the notice after the commit. */
export async function mailReset(
  server: ProfileContext,
  tx: Writer,
  user: UserRecord,
  reset: string,
): Promise<void> {
  const now = server.clock.now();
  await addNotice(tx, {
    id: makeId('notice', server.random),
    user: user.id,
    recipient: user.second_address ?? '',
    kind: 'reset',
    language: (await findLanguage(tx, user.id)) ?? 'en',
    about: reset,
    made_at: now,
    take_at: now,
  });
}

function tellReset(server: ProfileContext, user: string): void {
  tellRevocation(server, user);
  server.hints.give('notice');
}

function noReset(): MailError {
  return new MailError('conflict', 'no reset waits', { reason: 'no-reset' });
}
