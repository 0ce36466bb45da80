import { MailError } from '../../common/errors.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { StorageCore } from '../context.ts';
import { type Relay, type Relays, backOff } from './relays.ts';
import {
  type SendRow,
  beginTry,
  changeSendState,
  makeRecipient,
  putOffSend,
  readRecipientStatus,
  writeRecipient,
} from './send-store.ts';
import { stripBcc } from './strip-bcc.ts';
import {
  type RefusedRecipient,
  SubmissionError,
  type Submitted,
  readEnhanced,
  submitMail,
} from './submit-mail.ts';

export interface HandOverCore extends Pick<StorageCore, 'clock' | 'db' | 'mails' | 'key' | 'log'> {
  relays: Pick<Relays, 'list'>;
  /** A named point where tests end the process; does nothing otherwise. */
  crash?: (point: 'submitted') => void;
}

/** One try to hand a mail to a relay. Whatever happens is written down; only a broken database throws. */
export async function handOver(core: HandOverCore, send: SendRow, signal: AbortSignal): Promise<void> {
  const { log } = core;
  const { mail } = send;
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
  await settle(core, send, 'taken', submitted.refused);
  log.info('send.taken', { mail, relay: id, line: submitted.line, refused: submitted.refused.length });
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
  // A relay that did not answer last time is not the one to ask first this time.
  return bound ?? relays[send.attempts % Math.max(1, relays.length)];
}

async function recordFailure(core: HandOverCore, send: SendRow, error: unknown): Promise<void> {
  const { mail } = send;
  if (error instanceof MailError && error.code === 'not-found') {
    // The user removed it for ever while it waited.
    await core.db.write(async (tx) => {
      await changeSendState(tx, send.user, mail, ['trying'], 'cancelled');
    });
    return;
  }
  if (error instanceof SubmissionError && error.permanent) {
    core.log.info('send.refused', { mail, line: error.line });
    await settle(core, send, 'refused', await refuseAll(core, send, error));
    return;
  }
  const reached = error instanceof SubmissionError && error.reached;
  const nextTry = core.clock.now() + backOff(send.attempts + 1);
  core.log.warn('send.put-off', { mail, reached, nextTry, error });
  await core.db.write(async (tx) => await putOffSend(tx, send, reached, nextTry));
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

/** The end of handing over: state, recipients that the relay refused, and the flag on the answered mail. */
async function settle(
  core: HandOverCore,
  send: SendRow,
  state: 'taken' | 'refused',
  refused: readonly RefusedRecipient[],
): Promise<void> {
  const { user, mail } = send;
  // Before the state: doing it twice changes nothing, forgetting it would.
  if (state === 'taken') await flagAnswered(core, send);
  const at = new Date(core.clock.now()).toISOString();
  const write = async (tx: Writer): Promise<void> => {
    await changeSendState(tx, user, mail, ['trying'], state);
    for (const { address, code, enhanced, line } of refused) {
      await writeRecipient(tx, user, mail, {
        ...makeRecipient(address),
        state: 'failed',
        code,
        enhanced,
        attempts: 1,
        lastAttempt: at,
        reason: code === 550 && enhanced?.startsWith('5.7') ? 'route-refused' : 'recipient-refused',
        serverLine: line.slice(0, 500),
      });
    }
  };
  await touchMail(core, user, mail, write);
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

/** Commits `write` and tells the user's clients that this mail's status changed; without the telling when the mail is gone. */
export async function touchMail(
  core: Pick<StorageCore, 'mails' | 'db'>,
  user: string,
  mail: string,
  write: (tx: Writer) => Promise<void>,
): Promise<void> {
  try {
    await core.mails.touch(user, [mail], write);
  } catch (error) {
    if (!(error instanceof MailError && error.code === 'not-found')) throw error;
    await core.db.write(write);
  }
}
