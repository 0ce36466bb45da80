import { MailError } from '../../../common/errors.ts';
import { makeId } from '../../../common/ids.ts';
import { DAY } from '../../../common/time.ts';
import type { Language } from '../../../common/shapes/profile.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { writeDefaultProfile } from '../../profile/default-profile.ts';
import { addInvite, removeInvitesOf } from '../../registration/invite-store.ts';
import { hashSecretCode, makeSecretCode } from '../../secret-code.ts';
import { makeDataKey } from '../../vault/keep-secret.ts';
import { keepInitialPassword } from '../provision/initial-password.ts';
import { addUser, completeUser, type UserRecord } from '../user-store.ts';
import type { UserName } from '../user-name.ts';

/** Longer than of invitations to anybody: a list of a thousand is handed out over a term's first weeks. */
const PREPARED_INVITE_LIFE = 60 * DAY;

export interface PreparedUser {
  name: UserName;
  displayName: string | null;
  group: string | null;
  email: string | null;
  language: Language;
  /** The organisation's first password; null: an invitation. */
  password: string | null;
}

/**
 * A user who has not come yet: with profile and home, and an invitation code (which is answered, and kept only as hash) or
 * a first password that has to be changed. MailError `name-taken`.
 */
export async function prepareUser(
  server: ProfileContext,
  tx: Writer,
  prepared: PreparedUser,
  by: { admin: string; home: string | null; how: 'add' | 'import' },
): Promise<{ user: UserRecord; code: string | null }> {
  const at = server.clock.now();
  const id = makeId('user', server.random);
  const { name, key } = prepared.name;
  const user = completeUser({
    id,
    name,
    name_key: key,
    password: '',
    admin: 0,
    disabled: 0,
    home: by.home,
    revision: 0,
    data_key: makeDataKey(server, id),
    created_at: at,
    group_id: prepared.group,
    display_name: prepared.displayName,
    second_address: prepared.email,
    must_change: prepared.password === null ? 0 : 1,
    invited: prepared.password === null ? 1 : 0,
  });
  if (!(await addUser(tx, user))) {
    throw new MailError('name-taken', 'the name is taken', { field: 'name', params: { name } });
  }
  await writeDefaultProfile(tx, {
    user: id,
    language: prepared.language,
    session: `prepared-by-${by.admin}`.slice(0, 64),
    at,
    random: server.random,
  });
  const code = prepared.password === null ? await inviteUser(server, tx, user, by.admin) : null;
  if (prepared.password !== null) await keepInitialPassword(server, tx, user, prepared.password);
  await appendAudit(tx, { at, actor: by.admin, action: 'user.add', subject: id, detail: { how: by.how } });
  return { user, code };
}

/** A new code for a prepared user; older ones of him are worth nothing any more. */
export async function inviteUser(
  server: ProfileContext,
  tx: Writer,
  user: Pick<UserRecord, 'id' | 'home'>,
  admin: string,
): Promise<string> {
  const code = makeSecretCode(server.random);
  await removeInvitesOf(tx, user.id);
  await addInvite(tx, {
    hash: hashSecretCode(code),
    madeBy: admin,
    expiresAt: server.clock.now() + PREPARED_INVITE_LIFE,
    home: user.home,
    user: user.id,
  });
  return code;
}
