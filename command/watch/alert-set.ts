import { ALERT_KINDS, ALERT_THRESHOLDS } from '../../common/shapes/alert.ts';
import type { Call, Outcome } from '../call.ts';
import { readChoice, readNumber } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `alert set KIND [--threshold N | --off]`: changes a rule; without an option it is on as before. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const kind = readChoice('KIND', typed.words[0] ?? '', ALERT_KINDS);
  const { min, max } = ALERT_THRESHOLDS[kind];
  const text = typed.text('threshold');
  const given = text === undefined ? null : readNumber('--threshold', text, min, max);
  const { profile } = await call.connect();
  const { rules } = await ask(profile.alert.list.query({}));
  const before = rules.find((rule) => rule.kind === kind);
  const rule = { kind, enabled: !typed.has('off'), threshold: given ?? before?.threshold ?? min };
  await ask(profile.alert.set.mutate(rule));
  return { value: { rule }, text: fill(call.words().alertSet, { kind }) };
}
