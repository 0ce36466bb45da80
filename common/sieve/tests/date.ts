import { findOffset, parseDate, readOffset, type ZonedDate } from '../date.ts';
import { DATE_PARTS, readDatePart } from '../date-part.ts';
import { type Call, readLiteral, type Value } from '../language/call.ts';
import type { CheckContext, TestDefinition } from '../language/definition.ts';
import { checkMatch, MATCH_TAGS } from '../match/match-tags.ts';
import { matchValues } from '../match/match-values.ts';
import type { Run } from '../run.ts';
import { checkIndex, INDEX_TAGS, pickIndexed } from './header-index.ts';
import { checkHeaderNames } from './header-names.ts';

/** What reading a date and finding its zone costs, in characters looked at. */
const DATING = 2000;

/** RFC 5260 4 and 5. */
export const dateTests: Record<string, TestDefinition> = {
  date: {
    extension: 'date',
    tags: [
      ...MATCH_TAGS,
      ...INDEX_TAGS,
      { name: 'zone', takes: 'text', group: 'zone' },
      { name: 'originalzone', group: 'zone' },
    ],
    takes: [['text', 'text', 'texts']],
    check(call, context) {
      checkMatch(call, context);
      checkIndex(call, context);
      checkHeaderNames(call.values[0], context);
      checkDate(call, call.values[1], context);
    },
    evaluate(call, run) {
      const [name = ''] = run.fillAll(call.values[0]);
      const [part = ''] = run.fillAll(call.values[1]);
      const dates = pickIndexed(call, run.headers.list(name)).map((value) => {
        run.spend(DATING + value.length / 8);
        return parseDate(value);
      });
      const zoned = dates.flatMap((date) => (date === null ? [] : [moveZone(date, call, run)]));
      return matchParts(call, run, zoned, part, call.values[2]);
    },
  },
  currentdate: {
    extension: 'date',
    tags: [...MATCH_TAGS, { name: 'zone', takes: 'text' }],
    takes: [['text', 'texts']],
    check(call, context) {
      checkMatch(call, context);
      checkDate(call, call.values[0], context);
    },
    evaluate(call, run) {
      const [part = ''] = run.fillAll(call.values[0]);
      run.spend(DATING);
      const now = moveZone({ at: run.environment.now, offset: 0 }, call, run);
      return matchParts(call, run, [now], part, call.values[1]);
    },
  },
};

function matchParts(
  call: Call,
  run: Run,
  dates: ZonedDate[],
  part: string,
  keys: Value | undefined,
): boolean {
  const values = dates.map((date) => readDatePart(date, part.toLowerCase()));
  return matchValues(
    call,
    run,
    values.filter((value) => value !== null),
    run.fillAll(keys),
  );
}

/** The zone of the tag, of the header (`:originalzone`), or the user's own. */
function moveZone(date: ZonedDate, call: Call, run: Run): ZonedDate {
  if (call.tags.has('originalzone')) return date;
  const own = () => findOffset(run.environment.timeZone ?? 'UTC', date.at);
  const zone = run.fillTag(call, 'zone');
  return { at: date.at, offset: zone === null ? own() : (readOffset(zone) ?? own()) };
}

function checkDate(call: Call, value: Value | undefined, context: CheckContext): void {
  const part = value?.kind === 'texts' ? readLiteral(value.texts[0]) : null;
  if (part !== null && !DATE_PARTS.includes(part.toLowerCase())) {
    context.refuse('bad-value', value ?? call, { value: part, allowed: DATE_PARTS.join(' ') });
  }
  const tag = call.tags.get('zone');
  const zone = tag?.kind === 'texts' ? readLiteral(tag.texts[0]) : null;
  if (zone !== null && readOffset(zone) === null) {
    context.refuse('bad-value', tag ?? call, { value: zone, allowed: '+0100 -0500 …' });
  }
}
