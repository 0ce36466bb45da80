import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { listRules, pickRule } from './find-rule.ts';

export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const { id, revision } = pickRule(await listRules(connection), call.typed.words[0] ?? '');
  const change = { part: 'rules' as const, id, base: revision, value: null };
  await ask(connection.profile.profile.change.mutate(change));
  return { value: { removed: id }, text: fill(call.words().ruleRemoved, { id }) };
}
