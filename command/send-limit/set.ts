import { MESSAGE_BYTES, RECIPIENT_LIMIT } from '../../common/shapes/draft.ts';
import type { Call, Outcome, Typed } from '../call.ts';
import { makeUsageError, readNumber } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { describeLimits } from './describe-limits.ts';
import { findByName } from '../user/find-one.ts';

/** `send-limit set USER (name or id) [--per-hour N] [--recipients N] [--size BYTES]`: what is left out is as for everybody. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const limits = {
    perHour: readLimit(typed, 'per-hour', [1, 999_999_999]),
    recipients: readLimit(typed, 'recipients', [1, RECIPIENT_LIMIT]),
    size: readLimit(typed, 'size', [1024, MESSAGE_BYTES]),
  };
  if (limits.perHour === null && limits.recipients === null && limits.size === null) {
    throw makeUsageError('nothing-to-change');
  }
  const connection = await call.connect();
  const { id, name } = await findByName(connection, typed.words[0] ?? '', 'domain-user');
  const set = await ask(connection.relay.limit.set.mutate({ user: id, ...limits }));
  return { value: { ...set, name }, text: `${name}  ${describeLimits(set, call)}` };
}

function readLimit(typed: Typed, option: string, range: readonly [number, number]): number | null {
  const text = typed.text(option);
  return text === undefined ? null : readNumber(`--${option}`, text, ...range);
}
