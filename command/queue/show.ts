import type { QueueEvent, QueuedMailView, QueuedRecipientView } from '../../common/shapes/queue.ts';
import type { Call, Outcome } from '../call.ts';
import { cut, formatSize, formatTable, formatWhen } from '../format.ts';
import { describeReason } from '../send/status-view.ts';
import { ask } from '../server/connection.ts';
import { translate } from '../words/words.ts';

/** `queue show ID`: one mail in the relay, each recipient with what happened so far. */
export async function run(call: Call): Promise<Outcome> {
  const { relay } = await call.connect();
  const mail = await ask(relay.queue.show.query({ id: call.typed.words[0] ?? '' }));
  const recipients = mail.recipients.map((recipient) => formatRecipient(recipient, call));
  return { value: mail, text: [formatMail(mail, call), ...recipients].join('\n\n') };
}

function formatMail(mail: QueuedMailView, call: Call): string {
  const words = call.words();
  const language = call.language();
  return formatTable([
    [words.queueId, mail.id],
    [words.from, mail.from],
    [words.queueUser, mail.user],
    [words.queuedAt, formatWhen(mail.queuedAt, language)],
    [words.size, formatSize(mail.size, language)],
    [words.queueOrder, mail.priority === 'bulk' ? words.queueBulk : words.queueInteractive],
    ...(mail.account === null ? [] : [[words.account, mail.account]]),
    ...(mail.finishedAt === null ? [] : [[words.queueFinished, formatWhen(mail.finishedAt, language)]]),
  ]);
}

function formatRecipient(recipient: QueuedRecipientView, call: Call): string {
  const words = call.words();
  const { id, address, state, nextTry, stop } = recipient;
  const notes = [
    recipient.trying ? words.queueBeingTried : '',
    stop === null ? '' : words[stop === 'held' ? 'queueToHold' : 'queueToCancel'],
    recipient.paused ? words['state/paused'] : '',
    nextTry === null ? '' : `${words.nextTry}: ${formatWhen(nextTry, call.language())}`,
  ].filter((note) => note !== '');
  const head = [id, cut(address, 60), translate(words, 'state', state), notes.join(' · ')];
  const rows = listSteps(recipient).map((step) => formatStep(step, call));
  return [
    head.filter((part) => part !== '').join('  '),
    ...(rows.length === 0 ? [] : [formatTable(rows)]),
  ].join('\n');
}

type Step = Omit<QueueEvent, 'event'> & { event: string };

/** All that happened; a last try that decided stands in the recipient itself. */
function listSteps(recipient: QueuedRecipientView): Step[] {
  const { history, state, lastAttempt } = recipient;
  if (lastAttempt === null || (state !== 'accepted' && state !== 'failed')) return history;
  return [...history, { ...recipient, at: lastAttempt, event: state, by: null }];
}

function formatStep(
  { at, event, by, host, tls, code, enhanced, serverLine, reason }: Step,
  call: Call,
): string[] {
  const answer = [code, enhanced].filter((part) => part !== null).join(' ');
  const said = cut(serverLine ?? describeReason(reason, call), 120);
  return [
    `  ${formatWhen(at, call.language())}`,
    translate(call.words(), 'state', event),
    by ?? (host === null ? '' : `${host}${tls === null ? '' : ` (${tls})`}`),
    [answer, said].filter((part) => part !== '').join(' · '),
  ];
}
