import { MailError } from '../../../common/errors.ts';
import type { RecipientStatus } from '../../../common/shapes/status.ts';
import { formatTime } from '../../../common/time.ts';
import type { StorageCore } from '../../context.ts';
import type { CollectRecipients } from './collect-recipients.ts';
import { findObstacle } from './find-obstacle.ts';
import { clearDelay, putOff } from './put-off.ts';
import { touchMail } from './touch-mail.ts';
import { mergeNews } from '../status/merge-status.ts';
import { makeRecipient, readRecipientStatus } from '../status/recipient-store.ts';
import { recordNews } from '../status/record-news.ts';
import { type Relay, type Relays, backOff, pickRelay } from './relays.ts';
import { type SendRow, beginTry, changeSendState, putOffSend, writeQueueId } from '../send-store.ts';
import { stripBcc } from '../message/strip-bcc.ts';
import {
  type RefusedRecipient,
  SubmissionError,
  type Submitted,
  readEnhanced,
  readQueueId,
  submitMail,
} from './submit-mail.ts';

export interface HandOverCore extends Pick<StorageCore, 'clock' | 'db' | 'home' | 'mails' | 'key' | 'log'> {
  relays: Pick<Relays, 'list' | 'checkRoute'>;
  /** A named point where tests end the process; does nothing otherwise. */
  crash?: (point: 'submitted') => void;
  /** Hears of each mail that a relay took. */
  collect?: CollectRecipients;
}

/** One try to hand a mail to a relay. Whatever happens is written down; only a broken database throws. */
export async function handOver(core: HandOverCore, send: SendRow, signal: AbortSignal): Promise<void> {
  const { log } = core;
  const { mail } = send;
  // Once a try may have reached a relay, only that relay knows what becomes of it.
  const obstacle = send.state === 'waiting' ? await findObstacle(core, send) : null;
  if (obstacle === 'discarded') return await cancelDiscarded(core, send);
  if (obstacle !== null) return await refuseHere(core, send, obstacle);
  let relay: Relay | undefined;
  try {
    relay = chooseRelay(await core.relays.list(), send);
  } catch (error) {
    log.warn('send.no-relay', { mail, error });
  }
  const now = core.clock.now();
  if (relay === undefined) {
    await core.db.write(async (tx) => await putOffSend(tx, send, send.state === 'trying', now + backOff(2)));
    return;
  }
  const { id } = relay;
  if (!(await core.db.write(async (tx) => await beginTry(tx, send, id, now)))) return;
  let submitted: Submitted;
  try {
    submitted = await submit(core, send, relay, signal);
  } catch (error) {
    await recordFailure(core, send, error);
    return;
  }
  core.crash?.('submitted');
  // What fails from here on leaves it as tried at this relay, which knows the key at the next try.
  const queueId = readQueueId(submitted.line);
  await settle(core, send, { state: 'taken', refused: submitted.refused.map(describeRefusal), queueId });
  core.collect?.(send.user, mail);
  log.info('send.taken', {
    mail,
    relay: id,
    sendKey: send.sendKey,
    queueId,
    line: submitted.line,
    refused: submitted.refused.length,
  });
}

async function submit(
  core: HandOverCore,
  send: SendRow,
  relay: Relay,
  signal: AbortSignal,
): Promise<Submitted> {
  const { user, mail } = send;
  const raw = await core.mails.openRaw(user, mail, null);
  const recipients = await readRecipientStatus(core.db.read, user, mail);
  return await submitMail(
    {
      ...relay.submission,
      user,
      part: core.key.partId ?? '',
      token: await core.key.signServiceToken(relay.id),
      mailFrom: send.mailFrom,
      recipients: recipients.map((one) => one.address),
      sendKey: send.sendKey,
      source: () => stripBcc(raw.open(0, raw.size)),
    },
    signal,
  );
}

/** The one that may have it already, as long as it is there; else any. */
function chooseRelay(relays: readonly Relay[], send: SendRow): Relay | undefined {
  const bound = send.state === 'trying' ? relays.find((one) => one.id === send.relay) : undefined;
  return bound ?? pickRelay(relays, send.sendKey, send.attempts);
}

async function recordFailure(core: HandOverCore, send: SendRow, error: unknown): Promise<void> {
  const { mail } = send;
  if (error instanceof MailError && error.code === 'not-found') {
    await cancelDiscarded(core, send);
    return;
  }
  if (error instanceof SubmissionError && error.permanent) {
    core.log.info('send.refused', { mail, line: error.line });
    const refused = (await refuseAll(core, send, error)).map(describeRefusal);
    await settle(core, send, { state: 'refused', refused, queueId: null });
    return;
  }
  await putOff(core, send, error);
}

async function refuseAll(
  core: HandOverCore,
  send: SendRow,
  error: SubmissionError,
): Promise<RefusedRecipient[]> {
  const recipients = await readRecipientStatus(core.db.read, send.user, send.mail);
  const line = error.line ?? error.message;
  return recipients.map(
    ({ address }) =>
      error.refused.find((one) => one.address === address) ?? {
        address,
        code: error.code ?? 550,
        enhanced: readEnhanced(line),
        line,
      },
  );
}

/** The end of handing over: state, recipients that are refused, and the flag on the answered mail. */
async function settle(
  core: HandOverCore,
  send: SendRow,
  end: { state: 'taken' | 'refused'; refused: readonly Refusal[]; queueId: string | null },
): Promise<void> {
  const { user, mail } = send;
  // Before the state: doing it twice changes nothing, forgetting it would.
  if (end.state === 'taken') await flagAnswered(core, send);
  const lastAttempt = formatTime(core.clock.now());
  const news = end.refused.map((one) => ({
    ...makeRecipient(one.address),
    ...one,
    state: 'failed' as const,
    attempts: 1,
    lastAttempt,
  }));
  await touchMail(core, user, mail, async (tx) => {
    await changeSendState(tx, user, mail, ['waiting', 'trying'], end.state);
    if (end.queueId !== null) await writeQueueId(tx, send, end.queueId);
    if (end.state === 'taken') await clearDelay(tx, send);
    return await recordNews(tx, send, news, mergeNews);
  });
}

type Refusal = Pick<RecipientStatus, 'address' | 'code' | 'enhanced' | 'reason' | 'serverLine'>;

function describeRefusal({ address, code, enhanced, line }: RefusedRecipient): Refusal {
  return {
    address,
    code,
    enhanced,
    reason: chooseReason(code, enhanced, line),
    serverLine: line.slice(0, 500),
  };
}

/** Our relay says in words of common/error-texts why it does not take a sender. */
function chooseReason(code: number, enhanced: string | null, line: string): string {
  if (enhanced === '5.3.4') return 'too-large';
  // Of one mail, and so for ever: the others of it are sent.
  if (enhanced === '4.5.3') return 'recipient-refused/own-limit';
  if (code !== 550 || enhanced?.startsWith('5.7') !== true) return 'recipient-refused';
  const said = /\bsender refused: ([a-z-]{3,40})\b/.exec(line)?.[1];
  return said === undefined ? 'route-refused' : `route-refused/${said}`;
}

/** No relay is asked: it fails for everybody, and stays in Sent with its reason. */
async function refuseHere(core: HandOverCore, send: SendRow, reason: string): Promise<void> {
  core.log.info('send.refused', { mail: send.mail, reason });
  const recipients = await readRecipientStatus(core.db.read, send.user, send.mail);
  const said = { code: null, enhanced: '5.7.1', reason, serverLine: null };
  const refused = recipients.map(({ address }) => ({ ...said, address }));
  await settle(core, send, { state: 'refused', refused, queueId: null });
}

/** The user threw it away, or removed it for ever, while it waited. */
async function cancelDiscarded(core: HandOverCore, send: SendRow): Promise<void> {
  await touchMail(core, send.user, send.mail, async (tx) => {
    await changeSendState(tx, send.user, send.mail, ['waiting', 'trying'], 'cancelled');
  });
}

async function flagAnswered(core: HandOverCore, send: SendRow): Promise<void> {
  const flags = [
    [send.answered, 'answered'],
    [send.forwarded, 'forwarded'],
  ] as const;
  for (const [original, flag] of flags) {
    if (original === null) continue;
    try {
      await core.mails.flag(send.user, [original], [flag], []);
    } catch (error) {
      // The mail that was answered may be gone by now.
      if (!(error instanceof MailError && error.code === 'not-found')) throw error;
    }
  }
}
