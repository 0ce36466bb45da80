import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { fill } from '../words/words.ts';
import { listRules, saveRule } from './find-rule.ts';
import { addMissing } from './missing-mailboxes.ts';
import { choosePosition } from './place-rule.ts';
import { readRuleOptions } from './rule-options.ts';
import { viewRule } from './rule-view.ts';

/** `rule add --name N --if … --do …`, or `--script FILE`; last of all unless `--position` says otherwise. */
export async function run(call: Call): Promise<Outcome> {
  const { makeScript, place } = await readRuleOptions(call);
  if (makeScript === null) throw makeUsageError('one-of-two', { option: '--do', other: '--script' });
  const connection = await call.connect();
  const positions = (await listRules(connection)).map(({ position }) => position);
  const name = call.typed.text('name') ?? '';
  const position = choosePosition(positions, place ?? positions.length + 1);
  const enabled = !call.typed.has('disabled');
  const script = await makeScript(connection);
  const rule = viewRule(await saveRule(connection, { name, enabled, position, script }, null));
  const text = fill(call.words().ruleAdded, { name: rule.name, id: rule.id });
  return { value: rule, text: await addMissing(text, rule, call, connection) };
}
