import { MailError } from '../../../common/errors.ts';
import { SECOND } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { StorageCore } from '../../context.ts';
import { takeOutboxResult } from '../../filing/outbox/outbox-results.ts';
import { touchMail } from './hand-over.ts';
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
  const ack = (await readResultSeq(core.db, outboxes.of(relay.id))) ?? 0;
  // The relay answers within 25 s: a line that died silently must not end the news for good.
  const limit = AbortSignal.any([signal, AbortSignal.timeout(CLAIM_MS)]);
  const { results, outbox } = await relay.api.result.claim.mutate({ ack, wait: true }, { signal: limit });
  await outboxes.take(relay.id, outbox, async () => {
    if (((await readResultSeq(core.db, outbox)) ?? ack) !== ack) return;
    const done = async (tx: Writer, seq: number): Promise<void> => {
      await writeResultSeq(tx, outbox, seq);
      // After a start this relay is asked first by its own name.
      await writeResultSeq(tx, relay.id, seq);
    };
    for (const result of results) {
      if (signal.aborted) return;
      await takeResult(core, relay, result, async (tx) => await done(tx, result.seq), signal);
    }
  });
}

/** What can never be taken in is logged and passed over: it must not hold up the rest. */
async function takeResult(
  core: ResultsCore,
  relay: Relay,
  result: Result,
  done: (tx: Writer) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (result.kind === 'recipient') await takeRecipient(core, result, done);
    else if (result.kind === 'copy') await takeCopy(core, relay, result, done, signal);
    else await takeDsn(core, result, done);
    const state = result.kind === 'recipient' ? result.recipient.state : null;
    const { seq, queueId, sendKey, kind } = result;
    core.log.info('result.taken', { relay: relay.id, seq, queueId, sendKey, kind, state });
  } catch (error) {
    const hopeless = error instanceof MailError && !error.temporary;
    if (!hopeless) throw error;
    core.log.error('result.passed-over', { relay: relay.id, seq: result.seq, kind: result.kind, error });
    await core.db.write(done);
  }
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
