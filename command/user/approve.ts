import type { Call, Outcome } from '../call.ts';
import { formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findOne } from './find-one.ts';

/** `user approve [USER]`: agrees to a reset that another administrator made; without USER, those that wait for it. */
export async function run(call: Call): Promise<Outcome> {
  const words = call.words();
  if (call.typed.words.length > 0) {
    const { id, name, connection } = await findOne(call);
    await ask(connection.profile.user.approveReset.mutate({ id }));
    return { value: { user: { id, name }, approved: true }, text: fill(words.resetApproved, { name }) };
  }
  const { profile } = await call.connect();
  const value = await ask(profile.user.resets.query());
  const rows = value.resets.map(({ user, by, expiresAt }) => [
    user.name,
    by,
    formatWhen(expiresAt, call.language()),
  ]);
  return { value, text: rows.length === 0 ? words.noResets : formatTable(rows) };
}
