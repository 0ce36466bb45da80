import type { Call, Outcome } from '../call.ts';
import { formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { describeState } from './describe-user.ts';
import { findOne } from './find-one.ts';

/** `user show USER`: what admins see of one; nothing of the mail and no secret. */
export async function run(call: Call): Promise<Outcome> {
  const { id, connection } = await findOne(call);
  const user = await ask(connection.profile.user.show.query({ id }));
  const words = call.words();
  const when = (at: string | null): string => formatWhen(at, call.language());
  const factors = [
    ...(user.factors.totp ? ['TOTP'] : []),
    ...(user.factors.passkeys === 0 ? [] : [`${words.passkeys}: ${user.factors.passkeys}`]),
  ];
  const rows = [
    [words.user, user.displayName === null ? user.name : `${user.name} (${user.displayName})`],
    [words.id, user.id],
    [words.group, user.group?.name ?? '–'],
    [words.userState, describeState(user, words)],
    [words.lastSignIn, when(user.lastSignIn)],
    [words.accounts, `${user.accounts}${user.failing === 0 ? '' : ` (${user.failing}!)`}`],
    [words.sessions, String(user.sessions)],
    [words.secondFactors, factors.length === 0 ? '–' : factors.join(', ')],
    [words.secondAddress, words[`secondAddress/${user.secondAddress}`]],
    ...(user.purgeAt === null ? [] : [[words.goneFrom, when(user.purgeAt)]]),
    ...(user.reset === null
      ? []
      : [
          [
            words.reset,
            `${words[`reset/${user.reset.state}`]} (${user.reset.by}, ${when(user.reset.expiresAt)})`,
          ],
        ]),
  ];
  const acts = user.acts.map(({ at, action, by }) => [when(at), action, by]);
  const text = acts.length === 0 ? formatTable(rows) : `${formatTable(rows)}\n\n${formatTable(acts)}`;
  return { value: user, text };
}
