import { ACCOUNT_STATES } from '../../common/shapes/account.ts';
import type { HealthRow } from '../../common/shapes/health.ts';
import type { Call, Outcome } from '../call.ts';
import { describeHere } from '../describe-here.ts';
import { MailError, type ErrorCode } from '../../common/errors.ts';
import { readChoice, readNumber } from '../failure.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { findGroup } from '../group/find-group.ts';
import { ask } from '../server/connection.ts';
import { fill, translate } from '../words/words.ts';

/** `health`: the collected accounts of those whom one looks after, and why mail does not come. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const limit = typed.text('limit');
  const state = typed.text('state');
  const group = typed.text('group');
  const connection = await call.connect();
  const page = await ask(
    connection.profile.health.accounts.query({
      limit: limit === undefined ? 100 : readNumber('--limit', limit, 1, 200),
      ...(state === undefined ? {} : { state: readChoice('--state', state, ACCOUNT_STATES) }),
      ...(typed.has('troubled') ? { troubled: true } : {}),
      ...(group === undefined ? {} : { group: (await findGroup(connection, group)).id }),
      provider: typed.text('provider'),
      host: typed.text('host'),
      code: typed.text('code'),
      query: typed.text('find'),
      after: typed.text('after'),
    }),
  );
  const words = call.words();
  const { accounts, next, counts } = page;
  const rows = accounts.map((row) => formatRow(row, call));
  const more = next === null ? '' : `\n${fill(words.more, { cursor: next })}`;
  return {
    value: { accounts, next, counts },
    text: rows.length === 0 ? words.healthNone : formatTable(rows) + more,
  };
}

function formatRow({ id, email, user, state, failingSince, error }: HealthRow, call: Call): string[] {
  const why =
    error === null
      ? ''
      : describeHere(
          new MailError(error.code as ErrorCode, error.message, {
            ...(error.reason ? { reason: error.reason } : {}),
            params: error.params ?? {},
          }),
          call.language(),
        ).message;
  return [
    id,
    cut(email, 40),
    cut(user.name, 30),
    translate(call.words(), 'state', state),
    failingSince === null ? '' : formatWhen(failingSince, call.language()),
    cut(why, 100),
  ];
}
