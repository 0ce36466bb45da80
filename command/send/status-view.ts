import type { RecipientStatus, SendStatus } from '../../common/shapes/status.ts';
import type { Call } from '../call.ts';
import { describeHere } from '../describe-here.ts';
import type { ErrorText } from '../../common/error-texts/error-text.ts';
import type { ErrorParams } from '../../common/errors.ts';
import { splitReason } from '../../common/reason.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { fill } from '../words/words.ts';

/** STATUS for people: the mail as a whole, then each recipient and what was said of him. */
export function formatStatus(status: SendStatus, call: Call): string {
  const words = call.words();
  const head = fill(words.sentAs, { id: status.id, state: words[`state/${status.state}`] });
  const when = status.at === null ? '' : ` (${formatWhen(status.at, call.language())})`;
  const table = formatTable(status.recipients.map((recipient) => formatRecipient(recipient, call)));
  const rows = table.split('\n').flatMap((row, index) => {
    const recipient = status.recipients[index];
    return recipient === undefined ? [] : [row, ...explain(recipient, call)];
  });
  const relay = status.queueId ?? null;
  const id = relay === null ? [] : [fill(words.idAtRelay, { id: relay })];
  return [`${head}${when}`, ...rows, ...id].join('\n');
}

function formatRecipient(recipient: RecipientStatus, call: Call): string[] {
  const words = call.words();
  const { address, state, host, tls, code, enhanced, nextTry, deliveredAt = null } = recipient;
  const answer = [code, enhanced].filter((part) => part !== null).join(' ');
  const next = nextTry === null ? '' : `${words.nextTry}: ${formatWhen(nextTry, call.language())}`;
  return [
    `  ${cut(address, 60)}`,
    deliveredAt === null ? words[`state/${state}`] : words['state/delivered'],
    host === null ? '' : `${host}${tls === null ? '' : ` (${tls})`}`,
    [answer, next].filter((part) => part !== '').join(' · '),
  ];
}

/** What it means, what to do, and the other server's own words. */
function explain(
  { address, reason, serverLine, state, report = null }: RecipientStatus,
  call: Call,
): string[] {
  const lines: string[] = [];
  if (reason !== null) {
    const { message, action } = describe(reason, call, { address });
    // What put it off before is still told, but no longer what comes of it.
    const over = state === 'cancelled' && !reason.endsWith('-by-admin');
    lines.push(action === null || over ? message : `${message} ${action}`);
  }
  if (serverLine !== null && (reason !== null || state === 'failed' || state === 'deferred')) {
    lines.push(fill(call.words().serverSaid, { line: cut(serverLine, 300) }));
  }
  if (report !== null) lines.push(fill(call.words().reportedIn, { id: report }));
  return lines.map((line) => `    ${line}`);
}

/** The relay names a reason by its key, `code` or `code/reason`. */
export function describeReason(key: string | null, call: Call): string {
  return key === null ? '' : describe(key, call).message;
}

function describe(key: string, call: Call, params: ErrorParams = {}): ErrorText {
  return describeHere({ ...splitReason(key), params }, call.language());
}
