import type { UserCaller } from '../../../server-kit/auth/caller.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { unsettleUser } from '../../layer/unsettled-store.ts';
import { removeInvitesOf } from '../../registration/invite-store.ts';
import { makeFindKey } from '../find-key.ts';
import { setUserFields, type UserRecord } from '../user-store.ts';
import { keepInitialPassword } from './initial-password.ts';
import type { PlannedChange } from './plan-import.ts';

/** What the file says of a user who is there; `groups`: ids by name key. */
export async function changeByFile(
  server: ProfileContext,
  tx: Writer,
  caller: UserCaller,
  { line, user, fields }: PlannedChange,
  groups: ReadonlyMap<string, string>,
): Promise<void> {
  const changed: Partial<UserRecord> = {};
  for (const { field } of fields) {
    if (field === 'display_name') {
      changed.display_name = line.displayName ?? null;
      changed.find_key = makeFindKey(user.name, line.displayName ?? null);
    } else if (field === 'group') {
      const group = line.group ?? null;
      changed.group_id = group === null ? null : (groups.get(group.key) ?? null);
    } else if (field === 'email') changed.second_address = line.email ?? null;
    else if (line.password !== null) {
      // From invitation to first password: the code that was handed out is worth nothing any more.
      await removeInvitesOf(tx, user.id);
      await keepInitialPassword(server, tx, user, line.password);
      Object.assign(changed, { invited: 0, must_change: 1 });
    }
  }
  if (fields.length === 0) return;
  await setUserFields(tx, user.id, changed);
  await unsettleUser(tx, user.id);
  await appendAudit(tx, {
    at: server.clock.now(),
    actor: caller.user,
    action: 'user.edit',
    subject: user.id,
    detail: { how: 'import', fields: fields.map(({ field }) => field).join(' ') },
  });
}
