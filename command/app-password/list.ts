import type { Call, Outcome } from '../call.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `app-password list`: the programs that may sign in as this user, and when they last did. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { appPasswords } = await ask(profile.appPassword.list.query());
  const words = call.words();
  const rows = appPasswords.map((one) => [
    one.id,
    formatWhen(one.createdAt, call.language()),
    formatWhen(one.lastUsed, call.language()),
    one.lastAddress ?? '–',
    cut(one.name, 60),
  ]);
  const header = [words.queueId, words.made, words.lastUsed, words.lastAddress, words.program];
  const text = rows.length === 0 ? words.noAppPasswords : formatTable([header, ...rows]);
  return { value: { appPasswords }, text };
}
