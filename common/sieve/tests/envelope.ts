import { parseAddress } from '../header/address-list.ts';
import { type Call, readLiteral } from '../language/call.ts';
import type { TestDefinition } from '../language/definition.ts';
import { checkMatch, MATCH_TAGS } from '../match/match-tags.ts';
import { matchValues } from '../match/match-values.ts';
import type { Run } from '../run.ts';
import { comparesAll, PART_TAGS, pickPart } from './address-part.ts';

const FIELDS: readonly string[] = ['from', 'to'];

/** RFC 5228 5.4. What is not known of the envelope fits nothing. */
export const envelopeTest: TestDefinition = {
  extension: 'envelope',
  tags: [...MATCH_TAGS, ...PART_TAGS],
  takes: [['texts', 'texts']],
  check(call, context) {
    checkMatch(call, context);
    const [fields] = call.values;
    for (const text of fields?.kind === 'texts' ? fields.texts : []) {
      const field = readLiteral(text);
      if (field !== null && !FIELDS.includes(field.toLowerCase())) {
        context.refuse('bad-value', fields ?? call, { value: field, allowed: FIELDS.join(' ') });
      }
    }
  },
  evaluate(call, run) {
    const fields = run.fillAll(call.values[0]);
    const values = fields.map((field) => readPart(call, run, field.toLowerCase()));
    const known = values.filter((value) => value !== null);
    return matchValues(call, run, known, run.fillAll(call.values[1]));
  },
};

function readPart(call: Call, { mail }: Run, field: string): string | null {
  const path = field === 'from' ? mail.envelope.from : field === 'to' ? mail.envelope.to : null;
  if (path === null) return null;
  // The null sender is an empty string, whatever part of it is asked for.
  if (path === '') return call.tags.has('detail') ? null : '';
  const address = parseAddress(path);
  if (address === null) return comparesAll(call) ? path : null;
  return pickPart(call, address);
}
