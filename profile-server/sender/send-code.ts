import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import { DAY, formatTime } from '../../common/time.ts';
import { foldAsciiAddress } from '../../server-kit/mail-domain.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { addNotice } from '../notice/notice-store.ts';
import { findLanguage } from '../profile/find-language.ts';
import { lockUser } from '../user/user-store.ts';
import { CODE_LIVES, maySendCode } from './code-rule.ts';
import { addCode, listSentCodes, type CodeRecord } from './code-store.ts';
import { demandIdentity } from './list-senders.ts';

/**
 * Has a code mailed to the identity's address; an older one counts no more. MailError `not-found`, `too-soon`,
 * `too-many-tries` (`sender-codes`): nobody's mailbox is filled with codes from here.
 */
export async function sendCode(
  server: ProfileContext,
  user: string,
  identity: string,
): Promise<{ sentTo: string; expiresAt: string }> {
  const result = await server.db.write(async (tx) => {
    const { address } = await demandIdentity(tx, user, identity);
    return await mailCode(server, tx, { user, address, purpose: 'sender' });
  });
  server.hints.give('notice');
  return result;
}

/** A code on its way to an address that its user is to prove; MailErrors as of `sendCode`. Tell of the notice after the commit. */
export async function mailCode(
  server: ProfileContext,
  tx: Writer,
  to: { user: string; address: string; purpose: CodeRecord['purpose'] },
): Promise<{ sentTo: string; expiresAt: string }> {
  const { user, purpose } = to;
  // Two calls at once count each other.
  await lockUser(tx, user);
  const address = foldAsciiAddress(to.address);
  const now = server.clock.now();
  const sent = await listSentCodes(tx, { user, address, since: now - DAY });
  const answer = maySendCode(sent, { user, address, now });
  if (!answer.send) throw refuse(answer);
  const id = makeId('code', server.random);
  const expires_at = now + CODE_LIVES;
  await addCode(tx, { id, user, address, sent_at: now, expires_at, tries: 0, state: 'open', purpose });
  await addNotice(tx, {
    id: makeId('notice', server.random),
    user,
    recipient: to.address,
    kind: purpose === 'sender' ? 'sender-code' : 'second-address',
    language: (await findLanguage(tx, user)) ?? 'en',
    about: id,
    made_at: now,
    take_at: now,
  });
  return { sentTo: to.address, expiresAt: formatTime(expires_at) };
}

function refuse(answer: Exclude<ReturnType<typeof maySendCode>, { send: true }>): MailError {
  if (answer.reason === 'too-many') {
    return new MailError('too-many-tries', 'too many codes', { reason: 'sender-codes' });
  }
  const { retryAfter } = answer;
  return new MailError('too-soon', 'a code was sent a moment ago', { reason: 'sender-code', retryAfter });
}
