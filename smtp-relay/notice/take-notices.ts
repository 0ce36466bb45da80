import { SECOND, type Clock } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { repeat } from '../../server-kit/repeat.ts';
import type { SignMessage } from '../dkim/sign.ts';
import type { Notice, ProfileLink } from '../profile-link.ts';
import type { NewMail } from '../queue/queued-mail.ts';
import { destinationOf } from '../route/destination.ts';
import { prepareMessage } from '../submission/message/prepare-message.ts';

export interface NoticeOptions {
  profile: Pick<ProfileLink, 'claimNotices'>;
  clock: Clock;
  log: Logger;
  makeId: (prefix: string) => string;
  /** What this relay calls itself in headers. */
  name: string;
  operatorSmarthost: boolean;
  sign: SignMessage;
  /** Resolves when the mail is committed and synced; the same send key is queued once. */
  enqueue: (mail: NewMail) => Promise<unknown>;
}

/** After a call that failed, so long until the next. */
const PAUSE = 5 * SECOND;

/** Takes the profile-server's own mails, one waiting call after the other, and queues them; the returned function ends it. */
export function startNotices(options: NoticeOptions): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const onFailure = { log: options.log, event: 'notice.not-taken', pause: () => PAUSE };
  let done: string[] = [];
  const taking = repeat(signal, onFailure, async () => {
    const notices = await options.profile.claimNotices(done, signal);
    done = [];
    for (const notice of notices) {
      await options.enqueue(await makeNoticeMail(options, notice));
      done.push(notice.id);
    }
  });
  return async () => {
    stopping.abort();
    await taking;
  };
}

/** Like any mail of our own way; from the null sender, so that no answer and no DSN comes back. */
async function makeNoticeMail(options: NoticeOptions, notice: Notice): Promise<NewMail> {
  const { clock, name, operatorSmarthost } = options;
  const id = options.makeId('queue');
  const now = clock.now();
  const { body, messageId } = prepareMessage([Buffer.from(notice.message)], {
    queueId: id,
    name,
    protocol: 'HTTP',
    now,
    resentBy: null,
  });
  const destination = destinationOf(notice.to, { account: null, operatorSmarthost });
  return {
    id,
    user: notice.user,
    home: notice.home,
    sendKey: notice.id,
    mailFrom: '',
    account: null,
    utf8: false,
    eightBit: false,
    messageId,
    // Somebody looks at his mailbox for it.
    priority: 0,
    requireTls: false,
    tlsOptional: false,
    dsn: { ret: null },
    queuedAt: now,
    recipients: [{ address: notice.to, destination, notify: 'NEVER', original: null }],
    body: await options.sign(notice.from, body),
  };
}
