import { normaliseAddress } from '../../../common/envelope.ts';
import { SECOND, type Clock, type Millis } from '../../../common/time.ts';
import type { ProfileLink, SenderAuthorisation } from '../../profile-link.ts';
import { SubmissionRefusal } from '../refusal.ts';
import type { Submitter } from './submitter.ts';

/**
 * A yes is believed this long: someone who sends a thousand mails is asked about once a second, and a route that was
 * changed holds for the next mail that a person sends.
 */
const BELIEVED = SECOND;
/** Answers kept at most; then all are asked for again. */
const MOST = 10_000;

export interface Senders {
  /** Whether and how the user may send as an address; refuses what is not allowed. Throws SubmissionRefusal or MailError. */
  authorise(submitter: Submitter, address: string): Promise<SenderAuthorisation>;
  /** What is known of this user holds no longer. */
  forget(user: string): void;
}

/** Asks the profile-server whether users may send as addresses. Only the home of a user may send for him. */
export function makeSenders(options: {
  profile: Pick<ProfileLink, 'authoriseSender'>;
  clock: Clock;
}): Senders {
  const { profile, clock } = options;
  const known = new Map<string, { user: string; at: Millis; answer: Promise<SenderAuthorisation> }>();

  const ask = async (user: string, address: string): Promise<SenderAuthorisation> => {
    const key = `${user} ${normaliseAddress(address)}`;
    const now = clock.now();
    const before = known.get(key);
    if (before !== undefined && now >= before.at && now - before.at < BELIEVED) return await before.answer;
    if (known.size >= MOST) known.clear();
    const answer = profile.authoriseSender(user, address);
    const entry = { user, at: now, answer };
    known.set(key, entry);
    const drop = (): void => {
      if (known.get(key) === entry) known.delete(key);
    };
    // A no may be put right at once, and a failure says nothing.
    answer.then((sender) => sender.allowed || drop(), drop);
    return await answer;
  };
  return {
    authorise: async (submitter, address) => {
      const sender = await ask(submitter.user, address);
      if (sender.home !== submitter.part) {
        throw new SubmissionRefusal(550, '5.7.1', 'not the home of this user');
      }
      if (!sender.allowed) {
        throw new SubmissionRefusal(550, '5.7.1', `sender refused: ${sender.reason ?? 'not-your-address'}`);
      }
      return sender;
    },
    forget: (user) => {
      for (const [key, entry] of known) if (entry.user === user) known.delete(key);
    },
  };
}
