import { MailError } from '../../common/errors.ts';
import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `audit verify`: computes every hash of the chain again; exit code 1 where an entry was changed or is missing. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const value = await ask(profile.audit.verify.query());
  const words = call.words();
  const { whole, brokenAt, entries, head } = value;
  if (whole) return { value, text: fill(words.auditWhole, { n: entries, head: head ?? '' }) };
  const params = { entry: brokenAt ?? 0 };
  const error = new MailError('conflict', `broken at ${brokenAt}`, { reason: 'audit-broken', params });
  return { value, text: fill(words.auditBroken, params), error };
}
