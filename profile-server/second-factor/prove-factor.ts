import { MailError } from '../../common/errors.ts';
import type { PasskeyAnswer } from '../../common/shapes/passkey.ts';
import { DAY, MINUTE } from '../../common/time.ts';
import type { ProfileContext } from '../context.ts';
import { limitTries, nameTries, refuseTry, type TryRules } from '../password/tries/limit-tries.ts';
import { FORGET_AFTER, groupAddress, type Tries } from '../password/tries/try-limit.ts';
import { countWrong, readTries } from '../password/tries/try-store.ts';
import { hasNote } from '../session/note/note-store.ts';
import { writeNote } from '../session/note/security-notes.ts';
import { isKnownPlace } from '../session/place/place-store.ts';
import { usePasskeyAnswer } from './passkey/check-passkey.ts';
import { takeRecoveryCode } from './recovery/recovery.ts';
import { useTotp } from './totp/totp.ts';

/** One of them. */
export interface FactorAnswer {
  totp?: string | undefined;
  recovery?: string | undefined;
  passkey?: { answer: PasskeyAnswer; challenge: string } | undefined;
}

/** Codes have six digits, three of which are good at a time: far fewer guesses are looked at than of passwords. */
const LOOKED_AT = 10;
/** By so many wrong ones somebody who has the password is trying, not mistyping. */
const TELL_AT = 5;
/** Wrong ones of a user from everywhere, above which codes from places where he never signed in are not looked at. */
const MOST_EVERYWHERE = 60;

/**
 * Demands a second factor of a user whose password is proven. Wrong ones are counted for user and address together, and in
 * all: who guesses from many addresses locks out nobody but strangers. MailError `sign-in-failed` (`second-factor`) or
 * `too-many-tries`; recovery codes that are used are noted.
 */
export async function proveFactor(
  server: ProfileContext,
  user: string,
  given: FactorAnswer,
  from: { address: string; client: string | null },
): Promise<void> {
  const group = groupAddress(from.address);
  const everywhere = nameTries(server, ['factor', user]);
  if (given.totp !== undefined) await demandFewTries(server, user, everywhere, group);
  const rules: TryRules = {
    lookedAt: LOOKED_AT,
    refuse: () => new MailError('sign-in-failed', 'wrong second factor', { reason: 'second-factor' }),
    afterWrong: async (tries) => await tellWrong(server, user, { tries, everywhere, from }),
  };
  const prove = async (): Promise<true | null> => ((await isRight(server, user, given)) ? true : null);
  await limitTries(server, nameTries(server, ['factor', user, group]), prove, rules);
  if (given.recovery === undefined) return;
  const detail = { address: from.address, client: from.client };
  await server.db.write(
    async (tx) => await writeNote(tx, server, { user, what: 'recovery-used', by: null, detail }),
  );
}

async function isRight(server: ProfileContext, user: string, given: FactorAnswer): Promise<boolean> {
  if (given.totp !== undefined) return await useTotp(server, user, given.totp);
  if (given.recovery !== undefined) return await takeRecoveryCode(server, user, given.recovery);
  if (given.passkey === undefined) return false;
  const passkey = await usePasskeyAnswer(server, { ...given.passkey, alone: false, verified: false });
  return passkey?.user === user;
}

async function demandFewTries(
  server: ProfileContext,
  user: string,
  everywhere: string,
  place: string,
): Promise<void> {
  const tries = await readTries(server.db.read, everywhere);
  const now = server.clock.now();
  if (tries === null || tries.wrong < MOST_EVERYWHERE || now - tries.lastAt >= FORGET_AFTER) return;
  if ((await isKnownPlace(server.db.read, user, place)) === true) return;
  throw refuseTry(server, Math.max(MINUTE, tries.lastAt + FORGET_AFTER - now));
}

async function tellWrong(
  server: ProfileContext,
  user: string,
  wrong: { tries: Tries; everywhere: string; from: { address: string; client: string | null } },
): Promise<void> {
  const now = server.clock.now();
  await server.db.write(async (tx) => {
    await countWrong(tx, wrong.everywhere, now, now - FORGET_AFTER);
    if (wrong.tries.wrong < TELL_AT || (await hasNote(tx, user, 'factor-refused', now - DAY))) return;
    await writeNote(tx, server, { user, what: 'factor-refused', by: null, detail: wrong.from });
  });
}
