import type { Call, Outcome } from '../call.ts';
import { cut, formatTable } from '../format.ts';
import { listRules } from './find-rule.ts';
import { viewRule } from './rule-view.ts';

export async function run(call: Call): Promise<Outcome> {
  const rules = (await listRules(await call.connect())).map(viewRule);
  const words = call.words();
  const rows = rules.map(({ id, enabled, name }) => [
    id,
    enabled ? words.ruleOn : words.ruleOff,
    cut(name, 80),
  ]);
  return { value: { rules }, text: rows.length === 0 ? words.noRules : formatTable(rows) };
}
