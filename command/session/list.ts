import type { Call, Outcome } from '../call.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `session list`: where this user is signed in. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { sessions } = await ask(profile.session.list.query());
  const words = call.words();
  const rows = sessions.map((session) => [
    session.id,
    formatWhen(session.lastSeen, call.language()),
    session.address,
    `${cut(session.client ?? '–', 60)}${session.current ? ` (${words.thisOne})` : ''}`,
  ]);
  return { value: { sessions }, text: formatTable(rows) };
}
