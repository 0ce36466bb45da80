import type { Call, Outcome } from '../call.ts';
import { fill } from '../words/words.ts';
import { listRules, pickRule, saveRule } from './find-rule.ts';
import { viewRule } from './rule-view.ts';

/** Switches a rule on or off. */
export async function setEnabled(call: Call, enabled: boolean): Promise<Outcome> {
  const connection = await call.connect();
  const known = pickRule(await listRules(connection), call.typed.words[0] ?? '');
  const { name, position, script } = known;
  const rule = viewRule(await saveRule(connection, { name, enabled, position, script }, known));
  return { value: rule, text: fill(call.words().ruleSaved, { name, id: rule.id }) };
}
