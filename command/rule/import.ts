import { basename } from 'node:path';
import { describeError } from '../../common/error-texts/describe.ts';
import { MailError } from '../../common/errors.ts';
import { checkScript } from '../../common/sieve/check-script.ts';
import { splitRules } from '../../common/sieve/form/split-rules.ts';
import { makeSieveError } from '../../common/sieve/problem.ts';
import type { Call, Outcome } from '../call.ts';
import { fill } from '../words/words.ts';
import { listRules, saveRule } from './find-rule.ts';
import { readScript } from './rule-options.ts';
import { viewRule, type RuleView } from './rule-view.ts';

/**
 * `rule import FILE.sieve`: its rules come behind those that are there; what is there already, with the same name and
 * script, is left. Rules that Valija cannot have are named and left out; exit 1 when none could be taken.
 */
export async function run(call: Call): Promise<Outcome> {
  const [file = ''] = call.typed.words;
  const found = splitRules(await readScript(file), basename(file).replace(/\.\w+$/, '') || file);
  const connection = await call.connect();
  const known = await listRules(connection);
  let position = Math.floor(known.at(-1)?.position ?? 0);
  const rules: RuleView[] = [];
  const skipped: { name: string; code: string; message: string }[] = [];
  let unchanged = 0;
  for (const { name, enabled, script } of found) {
    const [problem] = checkScript(script);
    if (problem !== undefined) {
      const { message } = describeError(makeSieveError(problem), call.language());
      skipped.push({ name, code: `sieve-${problem.code}`, message });
    } else if (known.some((rule) => rule.name === name && rule.script === script)) {
      unchanged++;
    } else {
      rules.push(viewRule(await saveRule(connection, { name, enabled, position: ++position, script }, null)));
    }
  }
  const words = call.words();
  const lines = skipped.map(({ name, message }) => fill(words.ruleSkipped, { name, message }));
  const outcome = {
    value: { rules, unchanged, skipped },
    text: [fill(words.rulesImported, { n: rules.length, unchanged }), ...lines].join('\n'),
  };
  if (rules.length + unchanged > 0) return outcome;
  return { ...outcome, error: new MailError('invalid', 'nothing was imported', { reason: 'no-rules' }) };
}
