import { Readable } from 'node:stream';
import { MailError } from '../../../common/errors.ts';
import { MINUTE } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { StorageCore } from '../../context.ts';
import type { Relay } from './relays.ts';
import { changeSendState, findSendByKey, insertSend, writeQueueId } from '../send-store.ts';
import { withSpooled } from '../spool.ts';

export type CopiesCore = Pick<StorageCore, 'clock' | 'dataDir' | 'db' | 'home' | 'key' | 'mails' | 'random'>;

type Result = Awaited<ReturnType<Relay['api']['result']['claim']['mutate']>>['results'][number];
type Copy = Extract<Result, { kind: 'copy' }>;

/** For a large mail over a slow line between two of our own machines. */
const FETCH_MS = 10 * MINUTE;

/**
 * Stores in Sent what another program of the user submitted to a relay, with its recipients, whose results follow. The row
 * of the sending is unique by its key: taken again after a crash, it is found and nothing is added.
 */
export async function takeCopy(
  core: CopiesCore,
  relay: Pick<Relay, 'id' | 'url'>,
  copy: Copy,
  done: (tx: Writer) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { user, sendKey } = copy;
  if ((await findSendByKey(core.db.read, user, sendKey)) !== null) return await core.db.write(done);
  const sent = await core.home.findMailbox(user, 'sent');
  const bytes = await fetchCopy(core, relay, copy, signal);
  await withSpooled(core, bytes, async (source) => {
    if (source.size !== copy.size) throw new MailError('dropped', 'the copy ended too soon');
    const mail = { account: null, mailbox: sent.id, source, received: copy.queuedAt };
    await core.mails.ingestMails(user, [{ ...mail, flags: ['seen'], sendKey }], async (tx, mails) => {
      const { mailId } = mails[0]!;
      await insertSend(tx, {
        user,
        mail: mailId,
        sendKey,
        clientKey: null,
        messageId: copy.messageId ?? '',
        mailFrom: copy.mailFrom,
        scheduled: false,
        dueAt: copy.queuedAt,
        answered: null,
        forwarded: null,
        createdAt: copy.queuedAt,
        recipients: copy.recipients,
      });
      await changeSendState(tx, user, mailId, ['waiting'], 'taken');
      await writeQueueId(tx, { user, mail: mailId }, copy.queueId);
      await done(tx);
    });
  });
}

/** The bytes as the relay keeps them. MailErrors `unavailable`, `server-error`; `not-found` when it has them no more. */
async function fetchCopy(
  core: Pick<CopiesCore, 'key'>,
  relay: Pick<Relay, 'id' | 'url'>,
  copy: Pick<Copy, 'queueId'>,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  let response: Response;
  try {
    response = await fetch(new URL(`/copy/${copy.queueId}`, relay.url), {
      headers: { authorization: `Bearer ${await core.key.signServiceToken(relay.id)}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_MS)]),
    });
  } catch (error) {
    throw new MailError('unavailable', 'the relay does not give the copy', { cause: error });
  }
  if (response.status === 404) throw new MailError('not-found', `no copy ${copy.queueId} at the relay`);
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    // Too busy is waited for; what goes wrong with just this copy is not for ever.
    const code = response.status === 503 ? 'unavailable' : 'server-error';
    throw new MailError(code, `no copy: HTTP ${response.status}`);
  }
  return Readable.fromWeb(response.body as never) as AsyncIterable<Uint8Array>;
}
