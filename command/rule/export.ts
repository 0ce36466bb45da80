import { writeFile } from 'node:fs/promises';
import { joinRules } from '../../common/sieve/form/join-rules.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { fill } from '../words/words.ts';
import { listRules } from './find-rule.ts';

/** All rules as one .sieve file, on stdout or in the file that `--out` names. */
export async function run(call: Call): Promise<Outcome> {
  const rules = await listRules(await call.connect());
  const script = joinRules(rules);
  const file = call.typed.text('out') ?? null;
  if (file === null) return { value: { rules: rules.length, file, script }, text: script.trimEnd() };
  try {
    await writeFile(file, script);
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw makeUsageError('unwritable-file', { file, detail });
  }
  const text = fill(call.words().rulesExported, { n: rules.length, file });
  return { value: { rules: rules.length, file, script }, text };
}
