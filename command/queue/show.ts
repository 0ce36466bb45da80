import type { QueueEvent, QueuedMailView, QueuedRecipientView } from '../../common/shapes/queue.ts';
import type { Call, Outcome } from '../call.ts';
import { cut, formatSize, formatTable, formatWhen } from '../format.ts';
import { describeReason } from '../send/status-view.ts';
import { ask, type Connection } from '../server/connection.ts';
import { nameUsers } from '../user/name-users.ts';
import { translate } from '../words/words.ts';

/** `queue show ID`: one mail in the relay, each recipient with what happened so far. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const mail = await ask(connection.relay.queue.show.query({ id: call.typed.words[0] ?? '' }));
  const names = await findNames(connection, mail);
  const recipients = mail.recipients.map((recipient) => formatRecipient(recipient, names, call));
  return { value: mail, text: [formatMail(mail, names, call), ...recipients].join('\n\n') };
}

/** What people call the users and the account whose ids the relay knows. */
type Names = ReadonlyMap<string, string>;

async function findNames(connection: Connection, mail: QueuedMailView): Promise<Names> {
  const actors = mail.recipients.flatMap(({ history }) => history.map(({ by }) => by));
  const users = await nameUsers(
    connection,
    [mail.user, ...actors].filter((id) => id !== null),
  );
  const names = new Map(users.map(({ id, name }) => [id, name]));
  if (mail.account !== null && mail.user === connection.user.id) {
    const { accounts } = await ask(connection.profile.account.list.query());
    for (const { id, email } of accounts) names.set(id, email);
  }
  return names;
}

function formatMail(mail: QueuedMailView, names: Names, call: Call): string {
  const words = call.words();
  const language = call.language();
  return formatTable([
    [words.queueId, mail.id],
    [words.from, mail.from],
    [words.queueUser, names.get(mail.user) ?? mail.user],
    [words.queuedAt, formatWhen(mail.queuedAt, language)],
    [words.size, formatSize(mail.size, language)],
    [words.queueOrder, mail.priority === 'bulk' ? words.queueBulk : words.queueInteractive],
    ...(mail.account === null ? [] : [[words.account, names.get(mail.account) ?? mail.account]]),
    ...(mail.finishedAt === null ? [] : [[words.queueFinished, formatWhen(mail.finishedAt, language)]]),
  ]);
}

function formatRecipient(recipient: QueuedRecipientView, names: Names, call: Call): string {
  const words = call.words();
  const { id, address, state, nextTry, stop } = recipient;
  const notes = [
    recipient.trying ? words.queueBeingTried : '',
    stop === null ? '' : words[stop === 'held' ? 'queueToHold' : 'queueToCancel'],
    recipient.paused ? words['state/paused'] : '',
    nextTry === null ? '' : `${words.nextTry}: ${formatWhen(nextTry, call.language())}`,
  ].filter((note) => note !== '');
  const head = [id, cut(address, 60), translate(words, 'state', state), notes.join(' · ')];
  const rows = listSteps(recipient).map((step) => formatStep(step, names, call));
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
  names: Names,
  call: Call,
): string[] {
  const answer = [code, enhanced].filter((part) => part !== null).join(' ');
  const said = cut(serverLine ?? describeReason(reason, call), 120);
  return [
    `  ${formatWhen(at, call.language())}`,
    translate(call.words(), 'state', event),
    by === null ? describeHost(host, tls) : (names.get(by) ?? by),
    [answer, said].filter((part) => part !== '').join(' · '),
  ];
}

function describeHost(host: string | null, tls: string | null): string {
  return host === null ? '' : `${host}${tls === null ? '' : ` (${tls})`}`;
}
