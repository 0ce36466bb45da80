import { MailError } from '../../../common/errors.ts';
import { ORGANISATION } from '../../../common/shapes/layer.ts';
import type { UserCaller } from '../../../server-kit/auth/caller.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { findGroup } from '../../group/group-store.ts';
import { demandPowerOver, demandReach, isWithin, type Reach } from '../../group/reach.ts';
import { tellUnsettled } from '../../layer/tell-unsettled.ts';
import { unsettleUser } from '../../layer/unsettled-store.ts';
import { viewPolicy } from '../../policy/change-policy.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { makeFindKey } from '../find-key.ts';
import { countAdmins, lockUser, setUserFields, type UserRecord } from '../user-store.ts';
import { writeNote } from '../../session/note/security-notes.ts';
import { addRevocation } from '../../session/revocation-store.ts';
import { tellRevocation } from '../../session/end-session.ts';

/** The group that a user shall be in, as far as the caller may put somebody there; MailErrors `not-found`, `forbidden`. */
export async function demandGroup(reader: Reader, reach: Reach, group: string | null): Promise<void> {
  if (group !== null && isWithin(reach, group) && (await findGroup(reader, group)) !== undefined) return;
  if (group === null && reach.all) return;
  if (group === null) {
    throw new MailError('forbidden', 'a group admin keeps users in his groups', { reason: 'own-groups' });
  }
  throw new MailError('not-found', `no group ${group}`, { reason: 'group', params: { group } });
}

/** Whether resets of a user need two admins where he is and one where he would be: an admin of both groups needs no other then. */
export async function easesReset(reader: Reader, user: string, group: string | null): Promise<boolean> {
  if (!(await readPolicy(reader, user)).resetNeedsTwo) return false;
  return !(await viewPolicy(reader, group ?? ORGANISATION)).inForce.resetNeedsTwo;
}

/** Puts a user into a group, null: none. A group admin moves users between the groups that he looks after. */
export async function setGroup(
  server: ProfileContext,
  caller: UserCaller,
  id: string,
  group: string | null,
): Promise<void> {
  const reach = await demandReach(server, caller);
  await server.db.write(async (tx) => {
    await demandPowerOver(tx, caller, id);
    await demandGroup(tx, reach, group);
    if (!reach.all && (await easesReset(tx, id, group))) {
      throw new MailError('forbidden', 'resets need two there', { reason: 'stricter-group' });
    }
    await setUserFields(tx, id, { group_id: group });
    await unsettleUser(tx, id);
    const at = server.clock.now();
    await appendAudit(tx, {
      at,
      actor: caller.user,
      action: 'user.group',
      subject: id,
      detail: { group: group ?? '' },
    });
  });
  tellUnsettled(server);
}

/**
 * Makes somebody an organisation admin, or no admin any more: his tokens end within seconds, so that none says otherwise.
 * MailErrors `not-found`, `forbidden` (`own-admin`, `last-admin`).
 */
export async function setAdmin(
  server: ProfileContext,
  caller: UserCaller,
  id: string,
  admin: boolean,
): Promise<void> {
  if (id === caller.user && !admin) {
    throw new MailError('forbidden', 'admins do not unmake themselves', { reason: 'own-admin' });
  }
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    const user = await demandPowerOver(tx, caller, id);
    if (user.admin === (admin ? 1 : 0)) return;
    if (admin) demandComplete(user);
    await setUserFields(tx, id, { admin: admin ? 1 : 0 });
    if (!admin && (await countAdmins(tx)) === 0) {
      throw new MailError('forbidden', 'the last admin stays one', { reason: 'last-admin' });
    }
    await addRevocation(tx, { kind: 'user', id, at });
    const what = admin ? 'admin-given' : 'admin-taken';
    await writeNote(tx, server, { user: id, what, by: caller.user });
    await appendAudit(tx, {
      at,
      actor: caller.user,
      action: admin ? 'user.make-admin' : 'user.unmake-admin',
      subject: id,
      detail: {},
    });
  });
  tellRevocation(server, id);
}

/** Display name, and the second address where its user has not proven one: a proven one is his alone to change. */
export async function editUser(
  server: ProfileContext,
  caller: UserCaller,
  input: { id: string; displayName?: string | null | undefined; email?: string | null | undefined },
): Promise<void> {
  await server.db.write(async (tx) => {
    // The user may prove an address at this moment.
    await lockUser(tx, input.id);
    const user = await demandPowerOver(tx, caller, input.id);
    const displayName = input.displayName === undefined ? user.display_name : input.displayName || null;
    const email = input.email === undefined ? user.second_address : input.email;
    if (email !== user.second_address && user.second_address_proven === 1) {
      throw new MailError('forbidden', 'the address is proven', { reason: 'proven-address', field: 'email' });
    }
    await setUserFields(tx, user.id, {
      display_name: displayName,
      find_key: makeFindKey(user.name, displayName),
      second_address: email,
    });
    // What layers give may name the person.
    await unsettleUser(tx, user.id);
    await appendAudit(tx, {
      at: server.clock.now(),
      actor: caller.user,
      action: 'user.edit',
      subject: user.id,
      detail: {},
    });
  });
  tellUnsettled(server);
}

/** Somebody who has never come, or is shut out, would be an admin that nobody watches. */
function demandComplete(user: UserRecord): void {
  if (user.disabled === 0 && user.invited === 0 && user.removed_at === null) return;
  throw new MailError('forbidden', 'not active', { reason: 'not-active', params: { name: user.name } });
}
