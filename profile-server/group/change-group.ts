import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { removeLayer } from '../layer/layer-store.ts';
import { tellUnsettled } from '../layer/tell-unsettled.ts';
import { unsettlePlace } from '../layer/unsettled-store.ts';
import { removePolicy } from '../policy/policy-store.ts';
import { tellRevocation } from '../session/end-session.ts';
import { addRevocation } from '../session/revocation-store.ts';
import { findUser } from '../user/user-store.ts';
import { checkGroupName } from './group-name.ts';
import {
  addGroup,
  findGroup,
  findGroupByName,
  listAdminsOf,
  putGroupAdmins,
  removeGroup,
  renameGroup,
  type GroupRecord,
} from './group-store.ts';

/** A new group of nobody. MailErrors `invalid`, `name-taken` (`group`). */
export async function makeGroup(
  server: Pick<ProfileContext, 'clock' | 'random'>,
  tx: Writer,
  admin: string,
  input: string,
): Promise<GroupRecord> {
  const { name, key } = checkGroupName(input);
  const at = server.clock.now();
  const group: GroupRecord = { id: makeId('group', server.random), name, name_key: key, created_at: at };
  if (!(await addGroup(tx, group))) throw nameTaken(name);
  await note(tx, at, admin, 'group.add', group.id, { name });
  return group;
}

export async function changeGroupName(
  server: ProfileContext,
  admin: string,
  id: string,
  input: string,
): Promise<void> {
  const { name, key } = checkGroupName(input);
  await server.db.write(async (tx) => {
    await demandGroupOf(tx, id);
    const other = await findGroupByName(tx, key);
    if (other !== undefined && other.id !== id) throw nameTaken(name);
    await renameGroup(tx, id, { name, key });
    // Values that the layers give may name the group.
    await unsettlePlace(tx, id);
    await note(tx, server.clock.now(), admin, 'group.rename', id, { name });
  });
  tellUnsettled(server);
}

/** Its users stay, in no group; what the group gave and demanded of them ends. */
export async function dissolveGroup(server: ProfileContext, admin: string, id: string): Promise<void> {
  await server.db.write(async (tx) => {
    const { name } = await demandGroupOf(tx, id);
    await unsettlePlace(tx, id);
    await removeLayer(tx, id);
    await removePolicy(tx, id);
    await removeGroup(tx, id);
    await note(tx, server.clock.now(), admin, 'group.remove', id, { name });
  });
  tellUnsettled(server);
}

/** Who looks after a group: those and no others. MailError `not-found`. */
export async function setGroupAdmins(
  server: ProfileContext,
  admin: string,
  id: string,
  users: readonly string[],
): Promise<void> {
  const wanted = [...new Set(users)];
  const changed = await server.db.write(async (tx) => {
    await demandGroupOf(tx, id);
    for (const user of wanted) await demandUser(tx, user);
    const before = await listAdminsOf(tx, id);
    await putGroupAdmins(tx, id, wanted);
    const at = server.clock.now();
    const added = wanted.filter((user) => !before.includes(user));
    const ended = before.filter((user) => !wanted.includes(user));
    for (const user of added) await note(tx, at, admin, 'user.make-group-admin', user, { group: id });
    for (const user of ended) {
      await note(tx, at, admin, 'user.unmake-group-admin', user, { group: id });
      // Streams that he has open were opened by somebody who might see more.
      await addRevocation(tx, { kind: 'user', id: user, at });
    }
    return ended;
  });
  for (const user of changed) tellRevocation(server, user);
}

async function demandGroupOf(tx: Writer, id: string): Promise<GroupRecord> {
  const found = await findGroup(tx, id);
  if (found !== undefined) return found;
  throw new MailError('not-found', `no group ${id}`, { reason: 'group', params: { group: id } });
}

async function demandUser(tx: Writer, id: string): Promise<void> {
  const found = await findUser(tx, id);
  if (found !== undefined && found.removed_at === null) return;
  throw new MailError('not-found', `no user ${id}`, { reason: 'user', params: { user: id } });
}

function nameTaken(name: string): MailError {
  return new MailError('name-taken', 'group exists', { field: 'name', reason: 'group', params: { name } });
}

async function note(
  tx: Writer,
  at: number,
  actor: string,
  action: string,
  subject: string,
  detail: Record<string, string>,
): Promise<void> {
  await appendAudit(tx, { at, actor, action, subject, detail });
}
