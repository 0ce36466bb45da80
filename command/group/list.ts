import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `group list`: those that the caller looks after, with how many users are in each. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const value = await ask(profile.group.list.query());
  const rows = value.groups.map(({ name, users, admins }) => [
    name,
    String(users),
    admins.map((admin) => admin.name).join(', '),
  ]);
  return { value, text: rows.length === 0 ? call.words().noGroups : formatTable(rows, [1]) };
}
