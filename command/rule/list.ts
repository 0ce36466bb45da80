import type { Call, Outcome } from '../call.ts';
import { cut, formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';
import { listRules } from './find-rule.ts';
import { printForm } from './print-form.ts';
import { viewRule } from './rule-view.ts';

/** `rule list`: in the order in which they run, with what each does. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const [stored, { accounts }] = await Promise.all([
    listRules(connection),
    ask(connection.profile.account.list.query()),
  ]);
  const rules = stored.map(viewRule);
  const words = call.words();
  const nameAccount = (id: string): string => accounts.find((account) => account.id === id)?.email ?? id;
  const rows = rules.map(({ id, enabled, name, form }) => [
    id,
    enabled ? words.ruleOn : words.ruleOff,
    cut(name, 40),
    cut(printForm(form, words, nameAccount), 120),
  ]);
  return { value: { rules }, text: rows.length === 0 ? words.noRules : formatTable(rows) };
}
