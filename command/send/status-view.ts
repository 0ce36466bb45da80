import type { SendStatus } from '../../common/shapes/status.ts';
import type { Call } from '../call.ts';
import { describeError } from '../../common/error-texts/describe.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { fill } from '../words/words.ts';

/** STATUS for people: the mail as a whole, then each recipient. */
export function formatStatus(status: SendStatus, call: Call): string {
  const words = call.words();
  const head = fill(words.sentAs, { id: status.id, state: words[`state/${status.state}`] });
  const rows = status.recipients.map((recipient) => {
    const { address, state, host, tls, code, enhanced, serverLine, reason, nextTry } = recipient;
    const answer = [code, enhanced].filter((part) => part !== null).join(' ');
    const next = nextTry === null ? '' : `${words.nextTry}: ${formatWhen(nextTry, call.language())}`;
    return [
      `  ${cut(address, 60)}`,
      words[`state/${state}`],
      host === null ? '' : `${host}${tls === null ? '' : ` (${tls})`}`,
      [answer, cut(serverLine ?? describeReason(reason, call), 120), next]
        .filter((part) => part !== '')
        .join(' · '),
    ];
  });
  return [head, ...(rows.length === 0 ? [] : [formatTable(rows)])].join('\n');
}

/** The relay names a reason by its key, `code` or `code/reason`. */
export function describeReason(key: string | null, call: Call): string {
  if (key === null) return '';
  const [code = '', reason = null] = key.split('/');
  return describeError({ code, reason }, call.language()).message;
}
