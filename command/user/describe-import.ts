import { describeError } from '../../common/error-texts/describe.ts';
import { MailError } from '../../common/errors.ts';
import type { Language } from '../../common/shapes/profile.ts';
import { fill, type Words } from '../words/words.ts';
import type { UserImport } from './send-import.ts';

/** So many lines of each kind are shown; the numbers count all. */
const SHOWN = 20;

/** The difference as people read it: problems first, each with its line of the file. */
export function describeImport(result: UserImport, language: Language, words: Words): string {
  const problems = result.problems.map(({ line, reason, params }) => {
    const said = describeError(new MailError('invalid', reason, { reason, params }), language);
    return `${fill(words.importLine, { line })} ${said.message}`;
  });
  const added = result.added.map(({ name, group }) => `+ ${name}${group === null ? '' : ` (${group})`}`);
  const changed = result.changed.map(
    ({ name, fields }) =>
      `~ ${name}: ${fields.map(({ field, before, after }) => `${field} ${before ?? '–'} → ${after ?? '–'}`).join(', ')}`,
  );
  const counts = { added: result.added.length, changed: result.changed.length, same: result.same };
  return [
    ...problems.slice(0, 200),
    ...cutList(added),
    ...cutList(changed),
    ...(result.groups.length === 0 ? [] : [fill(words.importGroups, { groups: result.groups.join(', ') })]),
    fill(result.done ? words.importDone : words.importPlan, counts),
  ].join('\n');
}

function cutList(lines: string[]): string[] {
  return lines.length <= SHOWN ? lines : [...lines.slice(0, SHOWN), `… ${lines.length - SHOWN}`];
}
