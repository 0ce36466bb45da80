import { parseAddress } from '../header/address-list.ts';
import type { Call } from '../language/call.ts';
import type { ActionDefinition } from '../language/definition.ts';
import { readLiteral } from '../language/call.ts';
import { readRecipient } from './redirect.ts';

const DAY = 24 * 60 * 60;
const DEFAULT_DAYS = 7;
const MOST_DAYS = 365;

/** RFC 5230 and 6131. Whether an answer leaves is for whoever sends it: the sender, lists and bulk are checked there. */
export const vacationActions: Record<string, ActionDefinition> = {
  vacation: {
    extension: 'vacation',
    tags: [
      { name: 'days', takes: 'number', group: 'period' },
      { name: 'seconds', takes: 'number', group: 'period', extension: 'vacation-seconds' },
      { name: 'subject', takes: 'text' },
      { name: 'from', takes: 'text' },
      { name: 'addresses', takes: 'texts' },
      { name: 'mime' },
      { name: 'handle', takes: 'text' },
    ],
    takes: [['text']],
    check(call, context) {
      const from = call.tags.get('from');
      const address = from?.kind === 'texts' ? readLiteral(from.texts[0]) : null;
      if (from && address !== null && readRecipient(address) === null) {
        context.refuse('bad-address', from, { address });
      }
    },
    perform(call, run) {
      if (run.actions.some(({ kind }) => kind === 'vacation')) {
        throw run.fail('action-twice', { name: 'vacation' });
      }
      const from = run.fillTag(call, 'from');
      if (from !== null && readRecipient(from) === null) throw run.fail('bad-address', { address: from });
      const [text = ''] = run.fillAll(call.values[0]);
      run.add({
        kind: 'vacation',
        seconds: readSeconds(call),
        subject: run.fillTag(call, 'subject'),
        from,
        addresses: run.fillAll(call.tags.get('addresses')).filter((one) => parseAddress(one) !== null),
        mime: call.tags.has('mime'),
        handle: run.fillTag(call, 'handle') ?? makeHandle(call),
        text,
      });
    },
  },
};

/** At least a day, or the second that RFC 6131 allows; at most a year. */
function readSeconds({ tags }: Call): number {
  const seconds = tags.get('seconds');
  if (seconds?.kind === 'number') return Math.min(Math.max(seconds.number, 1), MOST_DAYS * DAY);
  const days = tags.get('days');
  const wanted = days?.kind === 'number' ? days.number : DEFAULT_DAYS;
  return Math.min(Math.max(wanted, 1), MOST_DAYS) * DAY;
}

/** What the notice is made of, variables unfilled, or one that names the subject would go out for each mail; RFC 5230 4.2 leaves `:days` and `:addresses` out. */
function makeHandle({ tags, values: [text] }: Call): string {
  const pieces = [text, tags.get('subject'), tags.get('from')];
  const texts = pieces.map((value) => (value?.kind === 'texts' ? value.texts[0] : null));
  return JSON.stringify([...texts, tags.has('mime')]);
}
