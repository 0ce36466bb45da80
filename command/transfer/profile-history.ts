import type { inferRouterOutputs } from '@trpc/server';
import { findActor } from '../../common/history-actor.ts';
import type { ProfileRouter } from '../../profile-server/router.ts';
import type { Call, Outcome } from '../call.ts';
import { readNumber } from '../failure.ts';
import { formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill, type Words } from '../words/words.ts';
import { readMoment } from './read-moment.ts';

type HistoryEntry = inferRouterOutputs<ProfileRouter>['profile']['history']['entries'][number];

/** `profile history [--since T]`: what changed of the profile, when and from where, the newest first. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const limit = typed.text('limit');
  const before = typed.text('before');
  const { profile } = await call.connect();
  const page = await ask(
    profile.profile.history.query({
      since: readMoment('--since', typed.text('since')),
      before: before === undefined ? null : readNumber('--before', before, 1, 999_999_999),
      limit: limit === undefined ? 100 : readNumber('--limit', limit, 1, 500),
    }),
  );
  const words = call.words();
  const rows = page.entries.map((entry) => [
    String(entry.revision),
    formatWhen(entry.at, call.language()),
    words[`change/${entry.change}`],
    `${words[`part/${entry.part}`]}: ${entry.name}`,
    sayWho(entry, words),
  ]);
  const lines = rows.length === 0 ? [words.noHistory] : [formatTable(rows)];
  if (page.next !== null) lines.push(fill(words.moreHistory, { n: page.next }));
  return { value: page, text: lines.join('\n') };
}

/** Who is no session of the user's, else the client and where it was; a session that was cleared away says nothing more. */
function sayWho({ session, client, address }: HistoryEntry, words: Words): string {
  const actor = findActor(session);
  if (actor !== undefined) return words[`by/${actor}`];
  return [client, address].filter(Boolean).join(', ') || words['by/other'];
}
