import { formatTime } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { StorageCore } from '../../context.ts';
import { type SendRow, putOffSend } from '../send-store.ts';
import { mergeNews } from '../status/merge-status.ts';
import {
  type StoredRecipient,
  makeRecipient,
  readRecipientStatus,
  writeRecipient,
} from '../status/recipient-store.ts';
import { recordNews } from '../status/record-news.ts';
import { backOff } from './relays.ts';
import { SubmissionError, readEnhanced } from './submit-mail.ts';
import { touchMail } from './touch-mail.ts';

type PutOffCore = Pick<StorageCore, 'clock' | 'db' | 'mails' | 'log'>;

/** A try came to nothing: it is tried again. What keeps the user's mail back longer than a moment is told in its status. */
export async function putOff(core: PutOffCore, send: SendRow, error: unknown): Promise<void> {
  const { user, mail } = send;
  const reached = error instanceof SubmissionError && error.reached;
  const now = core.clock.now();
  const nextTry = now + backOff(send.attempts + 1);
  core.log.warn('send.put-off', { mail, reached, nextTry, error });
  const delay = error instanceof SubmissionError ? describeDelay(error) : null;
  if (delay === null) {
    await core.db.write(async (tx) => await putOffSend(tx, send, reached, nextTry));
    return;
  }
  const times = { attempts: send.attempts + 1, lastAttempt: formatTime(now), nextTry: formatTime(nextTry) };
  await touchMail(core, user, mail, async (tx) => {
    await putOffSend(tx, send, reached, nextTry);
    const recipients = await readRecipientStatus(tx, user, mail);
    const news = recipients
      .filter((one) => one.state === 'queued' || isOurDelay(one))
      .map(({ address }) => ({ ...makeRecipient(address), ...delay, ...times, state: 'deferred' as const }));
    return await recordNews(tx, send, news, mergeNews);
  });
}

/** A relay has it: what kept it back before is over. */
export async function clearDelay(tx: Writer, { user, mail }: Pick<SendRow, 'user' | 'mail'>): Promise<void> {
  for (const one of await readRecipientStatus(tx, user, mail)) {
    if (isOurDelay(one)) await writeRecipient(tx, user, mail, makeRecipient(one.address));
  }
}

/** No relay had it yet: it names a way when it tells of a recipient. */
function isOurDelay({ state, route }: StoredRecipient): boolean {
  return state === 'deferred' && route === null;
}

/** Our relay's no for now, as far as it is more than a moment's: the user's limit is reached, or its disk is full. */
function describeDelay({
  code,
  line,
}: SubmissionError): Pick<StoredRecipient, 'code' | 'enhanced' | 'reason' | 'serverLine'> | null {
  const enhanced = readEnhanced(line ?? '');
  const reason =
    enhanced === '4.7.1' ? 'too-many-tries/own-limit' : enhanced === '4.3.1' ? 'disk-full/relay' : null;
  return reason === null ? null : { code, enhanced, reason, serverLine: line?.slice(0, 500) ?? null };
}
