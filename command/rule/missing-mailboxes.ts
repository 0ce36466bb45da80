import type { Call } from '../call.ts';
import { listPaths } from '../mailbox/own-mailboxes.ts';
import type { Connection } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import type { RuleView } from './rule-view.ts';

/** `text`, and a line for each mailbox that the rule files into and that is not there: by path, ID or role, as rules name them. */
export async function addMissing(
  text: string,
  rule: RuleView,
  call: Call,
  connection: Connection,
): Promise<string> {
  const actions = rule.form?.actions ?? [];
  const places = actions.flatMap((action) => (action.action === 'file' ? [action.mailbox] : []));
  if (places.length === 0) return text;
  const own = await listPaths(connection);
  const missing = places.filter(
    (place) =>
      !own.some(({ id, path, role }) => place === id || place === path || place.toLowerCase() === role),
  );
  return [text, ...missing.map((mailbox) => fill(call.words().ruleMailboxMissing, { mailbox }))].join('\n');
}
