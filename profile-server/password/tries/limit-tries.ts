import { createHmac } from 'node:crypto';
import { MailError } from '../../../common/errors.ts';
import { SECOND, type Millis } from '../../../common/time.ts';
import type { ProfileContext } from '../../context.ts';
import { FORGET_AFTER, LOOKED_AT, judgeTry, type Tries } from './try-limit.ts';
import { countWrong, readTries, removeTries } from './try-store.ts';

/** The key under which wrong passwords of these names are counted: it tells no names. */
export function nameTries(server: Pick<ProfileContext, 'masterKey'>, names: string[]): string {
  const hash = createHmac('sha256', server.masterKey.derive('tries'));
  return hash.update(JSON.stringify(names)).digest('base64url');
}

/** What is tried: how often programs may guess, and how a wrong one is refused. */
export interface TryRules {
  /** Wrong ones up to which one is still looked at while the delay runs. */
  lookedAt: number;
  refuse(): MailError;
  /** After each wrong one, with all that were counted. */
  afterWrong?(tries: Tries): Promise<void>;
}

const PASSWORD_TRIES: TryRules = {
  lookedAt: LOOKED_AT,
  refuse: () => new MailError('sign-in-failed', 'name or password is not right', { field: 'password' }),
};

/**
 * Looks whether a password, or what `rules` are for, is right, which `prove` answers with null when it is not. Wrong ones
 * are counted for `who`, and answered slower and slower. Tries of one name and address go one after the other: a hundred
 * at once must not all be judged by the count from before. MailError `sign-in-failed` or `too-many-tries` with `retryAfter`.
 */
export async function limitTries<Proof>(
  server: ProfileContext,
  who: string,
  prove: () => Promise<Proof | null>,
  rules: TryRules = PASSWORD_TRIES,
): Promise<Proof> {
  const proof = await server.signInLock.run(who, async () => {
    const verdict = judgeTry(await readTries(server.db.read, who), server.clock.now(), rules.lookedAt);
    if (!verdict.look) throw refuseTry(server, verdict.wait);
    const found = await prove();
    if (found !== null) return found;
    const now = server.clock.now();
    const counted = await server.db.write(async (tx) => await countWrong(tx, who, now, now - FORGET_AFTER));
    await rules.afterWrong?.(counted);
    if (verdict.wait > 0) throw refuseTry(server, judgeTry(counted, now, rules.lookedAt).wait);
    server.metrics.count('sign_ins', 'failed');
    throw rules.refuse();
  });
  if ((await readTries(server.db.read, who)) !== null) {
    await server.db.write(async (tx) => await removeTries(tx, who));
  }
  return proof;
}

/** MailError `too-many-tries`. */
export function refuseTry(server: Pick<ProfileContext, 'metrics'>, wait: Millis): MailError {
  server.metrics.count('sign_ins', 'limited');
  const seconds = Math.max(1, Math.ceil(wait / SECOND));
  return new MailError('too-many-tries', 'too many wrong answers', {
    field: 'password',
    retryAfter: seconds,
    params: { n: seconds },
  });
}
