import { MailError, type ErrorCode } from '../../../common/errors.ts';
import { SECOND } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { StorageCore } from '../../context.ts';
import { takeOutboxResult } from '../../filing/outbox/outbox-results.ts';
import { touchMail } from './touch-mail.ts';
import { readResultSeq, writeResultSeq } from './result-seq-store.ts';
import { mergeNews } from '../status/merge-status.ts';
import { recordNews } from '../status/record-news.ts';
import { changeSendState, findSendByKey, writeQueueId } from '../send-store.ts';
import type { Outboxes } from './outboxes.ts';
import type { Relay } from './relays.ts';
import { type CopiesCore, takeCopy } from './take-copies.ts';

type Result = Awaited<ReturnType<Relay['api']['result']['claim']['mutate']>>['results'][number];

export type ResultsCore = CopiesCore &
  Pick<StorageCore, 'log'> & {
    /** What a rule sent may have to be sent again. */
    wakeOutbox?: () => void;
  };

const CLAIM_MS = 60 * SECOND;
/** With growing pauses about ten minutes: what a fault of a moment was, is over by then. */
const MOST_TRIES = 20;
/** What another part, or the database, cannot do now is waited for, however long it takes. */
const WAITED_FOR: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unavailable', 'disk-full']);

/**
 * One waiting call to a relay and the taking in of what it brings, each result in the transaction that
 * says that it is durable here: the next call acknowledges it. Relays that share a queue bring the same
 * results: what another of them brought meanwhile is asked for anew. Throws when the relay cannot be reached.
 */
export async function takeResults(
  core: ResultsCore,
  relay: Relay,
  outboxes: Outboxes,
  signal: AbortSignal,
): Promise<void> {
  const named = outboxes.of(relay.id);
  const ack = named === null ? 0 : await readResultSeq(core.db, named);
  // The relay answers within 25 s: a line that died silently must not end the news for good.
  const limit = AbortSignal.any([signal, AbortSignal.timeout(CLAIM_MS)]);
  const claim = { outbox: named, ack, wait: true };
  const { results, outbox } = await relay.api.result.claim.mutate(claim, { signal: limit });
  await outboxes.take(relay.id, outbox, async () => {
    // Of an outbox that was not the named one, all there is came.
    if ((await readResultSeq(core.db, outbox)) !== (outbox === named ? ack : 0)) return;
    for (const result of results) {
      if (signal.aborted) return;
      const done = async (tx: Writer): Promise<void> => await writeResultSeq(tx, outbox, result.seq);
      const countFailure = (): number => outboxes.countFailure(outbox, result.seq);
      await takeResult(core, relay, result, { done, countFailure, signal });
    }
  });
}

/** What can never be taken in, or fails again and again, is logged by its ids and passed over: it must not hold up the rest. */
async function takeResult(
  core: ResultsCore,
  relay: Relay,
  result: Result,
  given: { done: (tx: Writer) => Promise<void>; countFailure: () => number; signal: AbortSignal },
): Promise<void> {
  const { done, countFailure, signal } = given;
  const { seq, queueId, sendKey, kind } = result;
  const about = { relay: relay.id, seq, queueId, sendKey, kind };
  try {
    if (result.kind === 'recipient') await takeRecipient(core, result, done);
    else if (result.kind === 'copy') await takeCopy(core, relay, result, done, signal);
    else await takeDsn(core, result, done);
    const state = result.kind === 'recipient' ? result.recipient.state : null;
    core.log.info('result.taken', { ...about, state });
  } catch (error) {
    if (signal.aborted) throw error;
    const hopeless = error instanceof MailError && !error.temporary;
    if (!hopeless && (isWaitedFor(error) || countFailure() < MOST_TRIES)) throw error;
    // A database that fails by now keeps it from being passed over.
    await core.db.write(done);
    core.log.error('result.passed-over', { ...about, error });
  }
}

function isWaitedFor(error: unknown): boolean {
  return error instanceof MailError && WAITED_FOR.has(error.code);
}

async function takeRecipient(
  core: ResultsCore,
  result: Extract<Result, { kind: 'recipient' }>,
  done: (tx: Writer) => Promise<void>,
): Promise<void> {
  const { user } = result;
  const send = await findSendByKey(core.db.read, user, result.sendKey);
  if (send === null) {
    // What rules sent has no row among what the user sent.
    await core.db.write(async (tx) => {
      await takeOutboxResult(tx, core, user, result);
      await done(tx);
    });
    core.wakeOutbox?.();
    return;
  }
  await touchMail(core, user, send.mail, async (tx) => {
    // News of it proves that the relay has it, also when we died before its answer was written down.
    await changeSendState(tx, user, send.mail, ['trying'], 'taken');
    if (send.queueId === null && result.queueId !== null) await writeQueueId(tx, send, result.queueId);
    const change = await recordNews(tx, send, [result.recipient], mergeNews);
    await done(tx);
    return change;
  });
}

/** The notification goes into the Inbox; its references put it into the thread of the mail in Sent. */
async function takeDsn(
  core: ResultsCore,
  result: Extract<Result, { kind: 'dsn' }>,
  done: (tx: Writer) => Promise<void>,
): Promise<void> {
  const { user, sendKey } = result;
  const inbox = await core.home.findMailbox(user, 'inbox');
  const mail = {
    account: null,
    mailbox: inbox.id,
    source: Buffer.from(result.raw, 'base64'),
    received: core.clock.now(),
    flags: [],
    sendKey,
  };
  await core.mails.ingestMails(user, [mail], done);
}
