import type { AccountTimeline, TimelineEntry } from '../../common/shapes/timeline.ts';
import type { Call, Outcome } from '../call.ts';
import { readNumber } from '../failure.ts';
import { formatSize, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { formatProblem, viewProblem } from './account-view.ts';
import { findAccountId } from './find-account.ts';

/** `account timeline ID`: how the polls of an account went; with --user one of another user, for administrators. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const limit = readNumber('--limit', typed.text('limit') ?? '50', 1, 100);
  const before = typed.text('before') ?? null;
  const user = typed.text('user');
  const connection = await call.connect();
  const word = typed.words[0] ?? '';
  // Addresses are those of one's own accounts.
  const id = user === undefined ? await findAccountId(connection, word) : word;
  const which = { id, before, limit, ...(user === undefined ? {} : { user }) };
  const timeline = viewTimeline(await ask(connection.profile.account.timeline.query(which)), call);
  return { value: timeline, text: formatTimeline(timeline, call) };
}

/** TIMELINE of the contract, its keys in order, problems in the user's language. */
function viewTimeline(timeline: AccountTimeline, call: Call): AccountTimeline {
  const { account, lastSuccess, nextTry, nextAllowed, currentInterval, days, entries, next } = timeline;
  const viewed = entries.map(({ from, to, polls, new: added, bytes, error }) => ({
    from,
    to,
    polls,
    new: added,
    bytes,
    error: error === null ? null : viewProblem(error, call.language()),
  }));
  return { account, lastSuccess, nextTry, nextAllowed, currentInterval, days, entries: viewed, next };
}

function formatTimeline(timeline: AccountTimeline, call: Call): string {
  const words = call.words();
  const when = (time: string | null): string => formatWhen(time, call.language());
  const { days, entries, next } = timeline;
  const head = [
    [words.lastSuccess, when(timeline.lastSuccess)],
    [words.nextTry, when(timeline.nextTry)],
    [words.nextAllowed, timeline.nextAllowed === null ? words.atOnce : when(timeline.nextAllowed)],
    [words.interval, fill(words.seconds, { n: timeline.currentInterval })],
  ];
  const perDay = days.map(({ day, mails, bytes }) => [
    day,
    fill(words.newMails, { n: mails }),
    formatSize(bytes, call.language()),
  ]);
  const blocks = [formatTable(head), formatTable(perDay, [1, 2]), formatEntries(entries, call)];
  if (next !== null) blocks.push(fill(words.moreBefore, { cursor: next }));
  return blocks.filter((block) => block !== '').join('\n\n');
}

function formatEntries(entries: TimelineEntry[], call: Call): string {
  const words = call.words();
  const rows = entries.map(({ from, to, polls, new: added, bytes, error }) => [
    formatWhen(from, call.language()),
    formatWhen(to, call.language()),
    polls === 1 ? words.onePoll : fill(words.polls, { n: polls }),
    added > 0 ? fill(words.newMails, { n: added }) : '',
    bytes > 0 ? formatSize(bytes, call.language()) : '',
    error === null ? words.works : formatProblem(error),
  ]);
  return formatTable(rows, [2, 3, 4]);
}
