import { MailError } from '../../common/errors.ts';
import type { RelayStatus } from '../../common/shapes/queue.ts';
import type { StoredSum } from '../../common/shapes/summary.ts';
import type { Call, Outcome } from '../call.ts';
import { cut, formatSize, formatTable } from '../format.ts';
import { cleanText } from '../report.ts';
import { formatStatus } from '../relay/format-status.ts';
import { ask, type Connection } from '../server/connection.ts';

/** What is stored of the user's: of each account and mailbox how much, from when to when; for administrators what the relay has. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const summary = await ask(connection.storage.summary.read.query());
  const { accounts } = await ask(connection.profile.account.list.query());
  const relay = connection.user.admin ? await readRelay(connection) : null;
  const words = call.words();
  const language = call.language();
  const row = (name: string, sum: StoredSum): string[] => [
    cut(cleanText(name), 60),
    String(sum.total),
    String(sum.unread),
    formatSize(sum.bytes, language),
    sum.oldest?.slice(0, 10) ?? '',
    sum.newest?.slice(0, 10) ?? '',
  ];
  const nameOf = (id: string | null): string =>
    id === null ? words.writtenHere : (accounts.find((one) => one.id === id)?.email ?? id);
  const sizes = summary.all.sizes.map(({ upTo, mails, bytes }, at) => [
    upTo === null
      ? `> ${formatSize(summary.all.sizes[at - 1]?.upTo ?? 0, language)}`
      : `≤ ${formatSize(upTo, language)}`,
    String(mails),
    formatSize(bytes, language),
  ]);
  const heads = [words.total, words.unread, words.size, words.oldest, words.newest];
  const numbers = [1, 2, 3];
  const text = [
    formatTable(
      [[words.account, ...heads], ...summary.accounts.map((one) => row(nameOf(one.id), one))],
      numbers,
    ),
    formatTable(
      [
        [words.mailbox, ...heads],
        ...summary.mailboxes.filter(({ total }) => total > 0).map((one) => row(one.path, one)),
        row(words.together, summary.all),
      ],
      numbers,
    ),
    formatTable([[words.size, words.total, words.size], ...sizes], [1, 2]),
    ...(relay === null ? [] : [formatStatus(relay, call)]),
  ].join('\n\n');
  return { value: { ...summary, relay }, text };
}

/** Null where no relay answers: what is stored is worth telling all the same. */
async function readRelay(connection: Connection): Promise<RelayStatus | null> {
  try {
    return await ask(connection.relay.control.status.query());
  } catch (error) {
    if (error instanceof MailError && error.code === 'unavailable') return null;
    throw error;
  }
}
