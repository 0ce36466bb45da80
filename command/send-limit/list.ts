import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { describeLimits } from './describe-limits.ts';
import { nameUsers } from '../user/name-users.ts';

/** `send-limit list`: what everybody may send, and who may something else. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const { perHour, limits } = await ask(connection.relay.limit.list.query());
  const users = await nameUsers(
    connection,
    limits.map(({ user }) => user),
  );
  const named = limits.map((one, index) => ({ ...one, name: users[index]?.name ?? one.user }));
  const value = { perHour, limits: named };
  const words = call.words();
  const all = perHour === null ? words.sendUnlimited : fill(words.sendPerHour, { n: perHour });
  const rows = named.map((one) => [one.name, describeLimits(one, call)]);
  const text = [`${words.domainEverybody}: ${all}`, ...(rows.length === 0 ? [] : [formatTable(rows)])];
  return { value, text: text.join('\n') };
}
