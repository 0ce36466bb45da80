import { describeError } from '../../common/error-texts/describe.ts';
import type { Call, Outcome } from '../call.ts';
import { formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `rule problems`: what rules could not do with mail that came in; `--dismiss` forgets what it tells. */
export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const language = call.language();
  const told = await ask(storage.rules.problems.query());
  const problems = told.problems.map(({ rule, name, error, count, at, mail }) => {
    const { message, action } = describeError(error, language);
    return { rule, name, code: error.reason ?? error.code, message, action, count, at, mail };
  });
  if (call.typed.has('dismiss')) await ask(storage.rules.dismiss.mutate());
  const lines = problems.flatMap(({ message, action, count, at }) => [
    `${formatWhen(at, language)}${count > 1 ? ` (${count}×)` : ''}: ${message}`,
    ...(action === null ? [] : [`  ${action}`]),
  ]);
  return { value: { problems }, text: lines.length === 0 ? call.words().noRuleProblems : lines.join('\n') };
}
