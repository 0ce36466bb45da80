import { MailError } from '../../../common/errors.ts';
import type { UserCaller } from '../../../server-kit/auth/caller.ts';
import type { ProfileContext } from '../../context.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import { demandPowerOver, demandReach } from '../../group/reach.ts';
import { chooseHome } from '../../part/choose-part.ts';
import { checkInitialPassword } from '../provision/initial-password-rule.ts';
import { checkUserName } from '../user-name.ts';
import type { AddInput } from '../user-shapes.ts';
import { demandGroup } from './change-user.ts';
import { inviteUser, prepareUser } from './prepare-user.ts';

/**
 * One prepared user, with an invitation code or the organisation's first password. MailErrors `invalid`, `name-taken`,
 * `forbidden`, `not-found` (group).
 */
export async function addPreparedUser(
  server: ProfileContext,
  caller: UserCaller,
  input: AddInput,
): Promise<{ user: { id: string; name: string }; code: string | null }> {
  const reach = await demandReach(server, caller);
  const name = checkUserName(input.name);
  // Whoever looks after one group alone need not say which.
  const group = input.group ?? (!reach.all && reach.groups.length === 1 ? (reach.groups[0] ?? null) : null);
  const password = input.how === 'initial' ? checkInitialPassword(input.password ?? '') : null;
  const { user, code } = await server.db.write(async (tx) => {
    await demandGroup(tx, reach, group);
    const home = await chooseHome(server, tx, server.clock.now());
    return await prepareUser(
      server,
      tx,
      {
        name,
        displayName: input.displayName || null,
        group,
        email: input.email ?? null,
        language: input.language ?? 'en',
        password,
      },
      { admin: caller.user, home, how: 'add' },
    );
  });
  server.hints.give('change');
  if (password !== null) server.hints.give('initial-password');
  return { user: { id: user.id, name: user.name }, code };
}

/** A new invitation for a user who has not come yet; the one before is worth nothing. MailErrors `not-found`, `forbidden`, `conflict` (`not-invited`). */
export async function inviteAgain(
  server: ProfileContext,
  caller: UserCaller,
  id: string,
): Promise<{ code: string }> {
  return await server.db.write(async (tx) => {
    const user = await demandPowerOver(tx, caller, id);
    if (user.invited === 0 || user.removed_at !== null) {
      throw new MailError('conflict', 'not invited', { reason: 'not-invited', params: { name: user.name } });
    }
    const code = await inviteUser(server, tx, user, caller.user);
    const at = server.clock.now();
    await appendAudit(tx, { at, actor: caller.user, action: 'user.invite', subject: id, detail: {} });
    return { code };
  });
}
