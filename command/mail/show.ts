import { convert } from 'html-to-text';
import type { MailView } from '../../common/shapes/mail.ts';
import { describeError } from '../../common/error-texts/describe.ts';
import type { Call, Outcome } from '../call.ts';
import { cut, formatAddresses, formatSize, formatTable, formatWhen } from '../format.ts';
import { cleanText } from '../report.ts';
import { makeStatusValue } from '../send/status-value.ts';
import { formatStatus } from '../send/status-view.ts';
import { ask } from '../server/connection.ts';

/** `show ID`: does not mark as read. */
export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const mail = await ask(storage.mail.show.query({ id: call.typed.words[0] ?? '' }));
  const { problem } = mail;
  const message = problem === null ? '' : describeProblem(problem, call);
  const shown = problem === null ? mail : { ...mail, problem: { code: problem.code, message } };
  const status = mail.status === null ? null : makeStatusValue(mail.status);
  return { value: { ...shown, status }, text: formatMail(shown, call) };
}

/** Problems of parsing have codes of their own; where the tables do not know one, the server's sentence stays. */
function describeProblem(problem: { code: string; message: string }, call: Call): string {
  const internal = describeError({ code: 'internal' }, call.language()).message;
  const described = describeError({ code: 'invalid', reason: problem.code }, call.language()).message;
  const general = describeError({ code: 'invalid' }, call.language()).message;
  return described === internal || described === general ? problem.message : described;
}

function formatMail(mail: MailView, call: Call): string {
  const words = call.words();
  const rows = [
    [`${words.from}:`, formatAddresses(mail.from)],
    [`${words.to}:`, formatAddresses(mail.to)],
    [`${words.cc}:`, formatAddresses(mail.cc)],
    [`${words.bcc}:`, formatAddresses(mail.bcc)],
    [`${words.replyTo}:`, formatAddresses(mail.replyTo)],
    [`${words.date}:`, formatWhen(mail.date, call.language())],
    [`${words.subject}:`, cut(mail.subject || words.noSubject, 500)],
  ].filter(([, value]) => value !== '');
  const blocks = [formatTable(rows)];
  if (mail.problem !== null) blocks.push(`! ${mail.problem.message} (${mail.problem.code})`);
  blocks.push(cleanText(readableText(mail) ?? words.noText).trimEnd());
  const files = mail.parts.filter((part) => part.disposition === 'attachment' || part.name !== null);
  if (files.length > 0) {
    const list = files.map(({ id, name, type, size }) => [
      `  ${id}`,
      cut(name ?? '–', 60),
      type,
      formatSize(size, call.language()),
    ]);
    blocks.push(`${words.attachments}:\n${formatTable(list)}`);
  }
  if (mail.status !== null) blocks.push(formatStatus(mail.status, call));
  return blocks.join('\n\n');
}

/** The text part, else text made from the HTML part: images leave, links keep their target. */
function readableText({ text, html }: MailView): string | null {
  if (text !== null && text.trim() !== '') return text;
  if (html === null) return text;
  return convert(html, {
    wordwrap: 100,
    limits: { maxInputLength: 2_000_000 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
    ],
  });
}
