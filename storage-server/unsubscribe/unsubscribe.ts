import { chooseIdentity } from '../../common/compose/identity.ts';
import { MailError } from '../../common/errors.ts';
import type { MailView } from '../../common/shapes/mail.ts';
import { formatTime } from '../../common/time.ts';
import { KeyedLock } from '../../server-kit/keyed-lock.ts';
import type { StorageCore } from '../context.ts';
import { makeMessageId } from '../draft/message-id.ts';
import { buildMessage } from '../sending/message/build-message.ts';
import type { Sending } from '../sending/sending.ts';
import { parseMailto } from './parse-mailto.ts';
import { postOneClick } from './post-one-click.ts';
import { saveUnsubscribed } from './unsubscribe-store.ts';

export type UnsubscribeCore = Pick<StorageCore, 'mails' | 'ids' | 'home' | 'egress' | 'clock' | 'random'> & {
  sending: Pick<Sending, 'sendRaw'>;
};

/** What was done, or with `link`, which page the reader has to open himself. */
export interface Unsubscribed {
  way: 'one-click' | 'mail' | 'link';
  url: string | null;
  /** Null with `link`. */
  doneAt: string | null;
}

const lock = new KeyedLock();

/**
 * Gets the user off the list of this mail: by one click where the sender's signature vouches for it, else by a mail from
 * the address that received this one. Once done it is done: calling again does nothing. MailError `not-found` reason
 * `unsubscribe` where the mail names no way.
 */
export async function unsubscribe(core: UnsubscribeCore, user: string, id: string): Promise<Unsubscribed> {
  return await lock.run(`${user}/${id}`, async () => {
    const view = await core.mails.show(user, id);
    const found = view.unsubscribe ?? null;
    if (found === null) throw new MailError('not-found', 'no list', { reason: 'unsubscribe' });
    const { oneClick, url, mailto, doneAt } = found;
    const mail = mailto === null ? null : parseMailto(mailto);
    if (!oneClick && mail === null) return { way: 'link', url, doneAt: null };
    const way = oneClick ? 'one-click' : 'mail';
    if (doneAt !== null) return { way, url: null, doneAt };
    if (oneClick && url !== null) await postOneClick(core.egress, url);
    else if (mail !== null) await writeToList(core, user, view, mail);
    const at = core.clock.now();
    const number = core.ids.read(user, id);
    await core.mails.touch(user, [id], async (tx) => await saveUnsubscribed(tx, user, number, at));
    return { way, url: null, doneAt: formatTime(at) };
  });
}

/** From the address that the list knows, through the user's own way of sending; it stands in Sent. */
async function writeToList(
  core: UnsubscribeCore,
  user: string,
  view: Omit<MailView, 'status'>,
  mail: { to: string; subject: string; text: string },
): Promise<void> {
  const { identities } = await core.home.readProfile(user);
  const identity = chooseIdentity(identities, view);
  if (identity === undefined) throw new MailError('invalid', 'no identity', { reason: 'no-identity' });
  const body = buildMessage({
    messageId: makeMessageId(identity.address, core.random),
    date: new Date(core.clock.now()),
    from: { name: identity.name, address: identity.address },
    replyTo: null,
    to: [{ name: null, address: mail.to }],
    cc: [],
    bcc: [],
    subject: mail.subject,
    text: mail.text,
    html: null,
    inReplyTo: null,
    references: [],
    attachments: [],
  });
  await core.sending.sendRaw(user, { body, undo: 0, at: null, key: `unsubscribe-${view.id}` });
}
