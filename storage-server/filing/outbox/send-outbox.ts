import { MailError } from '../../../common/errors.ts';
import { reach } from '../../../server-kit/crash-point.ts';
import { toAsciiAddress } from '../../../server-kit/mail-domain.ts';
import type { StorageCore } from '../../context.ts';
import { type Relay, type Relays, backOff, pickRelay } from '../../sending/relay/relays.ts';
import { SubmissionError, readQueueId, submitMail } from '../../sending/relay/submit-mail.ts';
import { settleFailure } from './outbox-results.ts';
import { beginTry, markTaken, putOff, removeOutbox, type OutboxRow } from './outbox-store.ts';
import { writeSending } from './write-sending.ts';

export interface OutboxCore extends Pick<
  StorageCore,
  'clock' | 'db' | 'mails' | 'home' | 'key' | 'log' | 'random'
> {
  relays: Pick<Relays, 'list'>;
}

/** One try to hand a forward or an answer to a relay. What becomes of it is written down; only a broken database throws. */
export async function sendOutbox(core: OutboxCore, row: OutboxRow, signal: AbortSignal): Promise<void> {
  const { db, log, clock } = core;
  const { kind, mail } = row;
  const relay = await findRelay(core, row);
  const now = clock.now();
  if (relay === undefined) {
    await db.write(async (tx) => await putOff(tx, row, row.state === 'trying', now + backOff(2)));
    return;
  }
  if (!(await db.write(async (tx) => await beginTry(tx, row, relay.id, now)))) return;
  let queueId: string | null;
  try {
    const source = await writeSending(core, row);
    const { line } = await submitMail(
      {
        ...relay.submission,
        user: row.user,
        part: core.key.partId ?? '',
        token: await core.key.signServiceToken(relay.id),
        mailFrom: row.mailFrom,
        recipients: [toAsciiAddress(row.recipient)],
        sendKey: row.sendKey,
        source,
        // A refused original is sent once more in another form before anybody hears of it; of refused answers nobody does.
        silent: row.form === 'original' || row.kind === 'answer',
      },
      signal,
    );
    queueId = readQueueId(line);
  } catch (error) {
    await recordFailure(core, row, error);
    return;
  }
  reach('outbox-submitted');
  await db.write(async (tx) => await markTaken(tx, row));
  log.info('filing.taken', { kind, mail, relay: relay.id, sendKey: row.sendKey, queueId });
}

/** The one that may have it already, as long as it is there; else any. */
async function findRelay(core: OutboxCore, row: OutboxRow): Promise<Relay | undefined> {
  try {
    const relays = await core.relays.list();
    const bound = row.state === 'trying' ? relays.find(({ id }) => id === row.relay) : undefined;
    return bound ?? pickRelay(relays, row.sendKey, row.attempts);
  } catch (error) {
    core.log.warn('filing.no-relay', { error });
    return undefined;
  }
}

async function recordFailure(core: OutboxCore, row: OutboxRow, error: unknown): Promise<void> {
  const { db, log } = core;
  const { kind, mail } = row;
  if (error instanceof MailError && error.code === 'not-found') {
    // The user removed it for ever while it waited.
    await db.write(async (tx) => await removeOutbox(tx, row));
    return;
  }
  const refused = findRefusal(error);
  if (refused !== null) {
    log.info('filing.refused', { kind, mail, ...refused });
    await db.write(async (tx) => await settleFailure(tx, core, row, { enhanced: null, reason: null }));
    return;
  }
  const reached = error instanceof SubmissionError && error.reached;
  const nextTry = core.clock.now() + backOff(row.attempts + 1);
  log.warn('filing.put-off', { kind, mail, reached, nextTry, error });
  await db.write(async (tx) => await putOff(tx, row, reached, nextTry));
}

/** What says that it will never be taken; null: it may be, later. */
function findRefusal(error: unknown): { line: string | null } | null {
  if (error instanceof SubmissionError && error.permanent) return { line: error.line };
  return error instanceof MailError && error.code === 'too-large' ? { line: error.message } : null;
}
