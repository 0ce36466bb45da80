import type { MailPage, MailRow } from '../../common/shapes/mail.ts';
import { findAccountId } from '../account/find-account.ts';
import type { Call, Outcome } from '../call.ts';
import { readNumber } from '../failure.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

export const LIMIT = { max: 500, default: 50 };

/** `list`: newest first. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const limit = typed.text('limit');
  const mailbox = typed.text('mailbox');
  const account = typed.text('account');
  const after = typed.text('after');
  const rows = limit === undefined ? LIMIT.default : readNumber('--limit', limit, 1, LIMIT.max);
  const connection = await call.connect();
  const page = await ask(
    connection.storage.mail.list.query({
      limit: rows,
      ...(mailbox === undefined ? {} : { mailbox }),
      ...(account === undefined ? {} : { account: await findAccountId(connection, account) }),
      ...(after === undefined ? {} : { after }),
    }),
  );
  const { mails, next, total, unread } = page;
  return { value: { mails, next, total, unread }, text: formatPage(page, call) };
}

function formatPage({ mails, next, total, unread }: MailPage, call: Call): string {
  const words = call.words();
  if (mails.length === 0) return words.nothing;
  const lines = [formatTable(mails.map((mail) => formatRow(mail, call)))];
  lines.push('', fill(words.shownOf, { shown: mails.length, total, unread }));
  if (next !== null) lines.push(fill(words.more, { cursor: next }));
  return lines.join('\n');
}

/** One mail of a list, as the columns of its line. */
export function formatRow(mail: MailRow, call: Call): string[] {
  const words = call.words();
  const people = mail.role === 'sent' || mail.role === 'drafts' ? mail.to : mail.from;
  const marks = [
    mail.flags.includes('seen') ? ' ' : '•',
    mail.flags.includes('flagged') ? '★' : ' ',
    mail.attachments > 0 ? '@' : ' ',
  ];
  return [
    mail.id,
    marks.join(''),
    formatWhen(mail.date, call.language()),
    cut(people.map(({ name, address }) => name || address).join(', '), 28),
    cut(mail.subject || words.noSubject, 70),
  ];
}
