import { MailError } from '../../../common/errors.ts';
import type { SignIn, SignInStep } from '../../../common/shapes/session.ts';
import { SMALL_PARTS } from '../../../common/shapes/small-parts.ts';
import type { ProfileContext } from '../../context.ts';
import { settleBeforeSignIn } from '../../layer/settle/settle-user.ts';
import { readProfile } from '../../profile/read-profile.ts';
import { readSignedInUser } from '../../user/read-user.ts';
import { lockProven, type UserRecord } from '../../user/user-store.ts';
import { openForSession } from '../../vault/personal/for-session.ts';
import type { PasskeySecret } from '../../vault/personal/passkey/wrap-key.ts';
import { issueTokens, openSession, type Issued, type Keeping } from '../open-session.ts';
import { notePlace } from '../place/note-place.ts';
import { makeNextStep } from '../ticket/make-step.ts';

/** The answer of sign-in and register, and the refresh token for the edge. */
export interface SignedIn {
  answer: SignIn;
  issued: Issued;
}

/** What is known of how a user proved who it is. */
export interface Proven {
  /** A second factor was given, or the way of signing in needs none (a passkey that knows its owner, single sign-on). */
  factorProven: boolean;
  /** As typed; null where none was. */
  password: string | null;
  /** The passkey that proved it, and what that computed; absent where there is nothing of the kind. */
  passkey?: PasskeySecret | undefined;
  /** The second factor was given to the provider at which the user signed in. */
  outerFactor?: boolean | undefined;
}

/** A session for a proven user, or the next thing to ask. MailError `sign-in-failed` where he was changed since he was proven. */
export async function completeSignIn(
  server: ProfileContext,
  user: UserRecord,
  keeping: Keeping,
  address: string,
  proven: Proven,
): Promise<SignedIn | SignInStep> {
  const step = await makeNextStep(server, user, keeping, proven);
  if (step !== null) return step;
  const session = await server.db.write(async (tx) => {
    if (!(await lockProven(tx, user)))
      throw new MailError('sign-in-failed', 'the user was changed meanwhile');
    const opened = await openSession(tx, server, user.id, keeping, {
      address,
      outerFactor: proven.outerFactor === true,
    });
    await notePlace(tx, server, user, opened);
    return opened;
  });
  server.metrics.count('sign_ins', 'ok');
  const secret = await openForSession(server, session, proven);
  return await answerSignIn(server, user, await issueTokens(server, session, user, secret));
}

export async function answerSignIn(
  server: ProfileContext,
  user: UserRecord,
  issued: Issued,
): Promise<SignedIn> {
  await settleBeforeSignIn(server, user.id);
  const profile = await readProfile(server, user.id, { parts: SMALL_PARTS });
  return { answer: { ...issued.tokens, user: await readSignedInUser(server, user), profile }, issued };
}
