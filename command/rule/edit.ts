import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { fill } from '../words/words.ts';
import { listRules, pickRule, saveRule } from './find-rule.ts';
import { addMissing } from './missing-mailboxes.ts';
import { choosePosition } from './place-rule.ts';
import { readRuleOptions } from './rule-options.ts';
import { viewRule } from './rule-view.ts';

/** `rule edit ID`: what no option names stays; `--if` and `--do` together replace what the rule did. */
export async function run(call: Call): Promise<Outcome> {
  const { makeScript, place } = await readRuleOptions(call);
  const name = call.typed.text('name');
  if (makeScript === null && place === null && name === undefined) throw makeUsageError('nothing-to-change');
  const connection = await call.connect();
  const rules = await listRules(connection);
  const known = pickRule(rules, call.typed.words[0] ?? '');
  const others = rules.filter(({ id }) => id !== known.id).map(({ position }) => position);
  const value = {
    name: name ?? known.name,
    enabled: known.enabled,
    position: place === null ? known.position : choosePosition(others, place),
    script: makeScript === null ? known.script : await makeScript(connection),
  };
  const rule = viewRule(await saveRule(connection, value, known));
  const text = fill(call.words().ruleSaved, { name: rule.name, id: rule.id });
  return { value: rule, text: await addMissing(text, rule, call, connection) };
}
