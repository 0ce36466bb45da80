import type { Call, Outcome } from '../call.ts';
import { readChoice, readNumber } from '../failure.ts';
import { cut, formatTable } from '../format.ts';
import { findGroup } from '../group/find-group.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { describeState } from './describe-user.ts';

const STATES = ['active', 'invited', 'disabled', 'removed'] as const;

/** `user list [QUERY…] [--group G|none] [--state S] [--limit N] [--after CURSOR]`: by name. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const asked = typed.text('state');
  const state = asked === undefined ? undefined : readChoice('--state', asked, STATES);
  const limit = readNumber('--limit', typed.text('limit') ?? '50', 1, 200);
  const connection = await call.connect();
  const named = typed.text('group');
  const group = named === undefined || named === 'none' ? named : (await findGroup(connection, named)).id;
  const after = typed.text('after');
  const page = await ask(
    connection.profile.user.list.query({
      query: typed.words.join(' '),
      limit,
      ...(group === undefined ? {} : { group }),
      ...(state === undefined ? {} : { state }),
      ...(after === undefined ? {} : { after }),
    }),
  );
  const words = call.words();
  const rows = page.users.map((user) => [
    user.name,
    cut(user.displayName ?? '', 30),
    cut(user.group?.name ?? '', 20),
    describeState(user, words),
    user.accounts === 0 ? '' : `${user.accounts}${user.failing === 0 ? '' : ` (${user.failing}!)`}`,
  ]);
  const shown = rows.length === 0 ? words.noUsers : formatTable(rows);
  const more = fill(words.usersTotal, { n: page.total });
  const next = page.next === null ? '' : `\n${fill(words.usersNext, { cursor: page.next })}`;
  return { value: page, text: `${shown}\n${more}${next}` };
}
