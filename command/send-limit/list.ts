import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { describeLimits } from './describe-limits.ts';

/** `send-limit list`: what everybody may send, and who may something else. */
export async function run(call: Call): Promise<Outcome> {
  const { relay } = await call.connect();
  const value = await ask(relay.limit.list.query());
  const words = call.words();
  const all = value.perHour === null ? words.sendUnlimited : fill(words.sendPerHour, { n: value.perHour });
  const rows = value.limits.map((one) => [one.user, describeLimits(one, call)]);
  const text = [`${words.domainEverybody}: ${all}`, ...(rows.length === 0 ? [] : [formatTable(rows)])];
  return { value, text: text.join('\n') };
}
