import { formatTime } from '../../common/time.ts';
import type { UserCaller } from '../../server-kit/auth/caller.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { listGroups } from '../group/group-store.ts';
import { demandReach, type Reach } from '../group/reach.ts';
import { foldForFinding } from './find-key.ts';
import {
  countAccounts,
  countUsers,
  listUsersAfter,
  pickGroupAdmins,
  type ListedUser,
  type UserQuestion,
} from './list-store.ts';
import type { ListInput, UserPage, UserRow, UserState } from './user-shapes.ts';

/** A page of the users within the caller's reach. MailError `forbidden` for who is admin of nothing. */
export async function listUsers(
  server: ProfileContext,
  caller: UserCaller,
  input: ListInput,
): Promise<UserPage> {
  const { read } = server.db;
  const question = planQuestion(await demandReach(server, caller), input);
  const after = input.after === undefined ? null : Buffer.from(input.after, 'base64url').toString();
  const found = await listUsersAfter(read, question, { after, limit: input.limit + 1 });
  const shown = found.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    users: await describeUsers(read, shown),
    next:
      found.length > shown.length && last !== undefined
        ? Buffer.from(last.name_key).toString('base64url')
        : null,
    total: await countUsers(read, question),
  };
}

/** What may be asked within the reach: a foreign group holds nobody. */
function planQuestion(reach: Reach, input: Pick<ListInput, 'query' | 'group' | 'state'>): UserQuestion {
  const { group } = input;
  const own = reach.all ? null : reach.groups;
  const named =
    group === undefined || group === 'none' ? own : own === null || own.includes(group) ? [group] : [];
  return {
    words: foldForFinding(input.query ?? '')
      .split(' ')
      .filter((word) => word !== '')
      .slice(0, 10),
    groups: named,
    ofNoGroup: group === 'none',
    state: input.state ?? null,
  };
}

export function stateOf(user: Pick<ListedUser, 'removed_at' | 'disabled' | 'invited'>): UserState {
  if (user.removed_at !== null) return 'removed';
  if (user.disabled === 1) return 'disabled';
  return user.invited === 1 ? 'invited' : 'active';
}

/** The rows of these users, in their order. */
export async function describeUsers(reader: Reader, users: readonly ListedUser[]): Promise<UserRow[]> {
  const ids = users.map(({ id }) => id);
  const accounts = await countAccounts(reader, ids);
  const groupAdmins = await pickGroupAdmins(reader, ids);
  const groups = new Map((await listGroups(reader)).map((group) => [group.id, group]));
  return users.map((user) => {
    const group = user.group_id === null ? undefined : groups.get(user.group_id);
    return {
      id: user.id,
      name: user.name,
      displayName: user.display_name,
      group: group === undefined ? null : { id: group.id, name: group.name },
      state: stateOf(user),
      admin: user.admin === 1,
      groupAdmin: groupAdmins.has(user.id),
      source: user.source,
      createdAt: formatTime(user.created_at),
      lastSignIn: formatTime(user.last_sign_in),
      ...(accounts.get(user.id) ?? { accounts: 0, failing: 0 }),
      purgeAt: formatTime(user.purge_at),
    };
  });
}
