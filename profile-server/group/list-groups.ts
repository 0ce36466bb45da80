import { formatTime } from '../../common/time.ts';
import type { UserCaller } from '../../server-kit/auth/caller.ts';
import type { ProfileContext } from '../context.ts';
import { countUsersOfGroups, listGroupAdmins, listGroups } from './group-store.ts';
import { demandReach, isWithin } from './reach.ts';

export interface GroupRow {
  id: string;
  name: string;
  users: number;
  admins: { id: string; name: string }[];
  createdAt: string;
}

/** The groups within the caller's reach, by name. */
export async function viewGroups(server: ProfileContext, caller: UserCaller): Promise<GroupRow[]> {
  const { read } = server.db;
  const reach = await demandReach(server, caller);
  const users = await countUsersOfGroups(read);
  const admins = await listGroupAdmins(read);
  return (await listGroups(read))
    .filter(({ id }) => isWithin(reach, id))
    .map((group) => ({
      id: group.id,
      name: group.name,
      users: users.get(group.id) ?? 0,
      admins: admins
        .filter(({ group_id }) => group_id === group.id)
        .map(({ user, name }) => ({ id: user, name })),
      createdAt: formatTime(group.created_at),
    }));
}
