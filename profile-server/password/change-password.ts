import { MailError } from '../../common/errors.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { endAppPasswords } from '../app-password/end-app-passwords.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { hasFactor, readFactors } from '../second-factor/factors.ts';
import { endSessionsOf, tellRevocation } from '../session/end-session.ts';
import { writeNote } from '../session/note/security-notes.ts';
import { proveOwnPassword } from '../session/sign-in/prove-user.ts';
import type { UserRecord } from '../user/user-store.ts';
import { prepareRewrap } from '../vault/personal/personal-key.ts';
import { checkNewPassword } from './choice/check-new-password.ts';
import { replacePassword } from './password-store.ts';

/** What ended with a change of password. */
export interface ChangedPassword {
  /** Other sessions of the user. */
  ended: number;
  /** App passwords, of programs that send mail. */
  appPasswords: number;
}

/**
 * Changes the password of who is signed in. App passwords stay unless `endApps` is said: they are random, stand alone and
 * get nobody into the mail, and every mail program would fail at a change that is only habit. MailErrors `sign-in-failed` or
 * `too-many-tries` for the old one, `invalid` for the new one, `forbidden` (`no-password`) for who has none here.
 */
export async function changePassword(
  server: ProfileContext,
  caller: { user: string; session: string },
  input: { old: string; new: string; endOthers: boolean; endApps: boolean },
): Promise<ChangedPassword> {
  const user = await proveOwnPassword(server, caller.user, input.old);
  if (user.source !== 'local') {
    throw new MailError('forbidden', 'another service keeps the password', { reason: 'no-password' });
  }
  const next = await prepareNew(server, user, input);
  const changed = await server.db.write(
    storeFor(server, user, next, async (tx) => ({
      ended: input.endOthers ? await endSessionsOf(tx, server, user.id, caller.session) : 0,
      appPasswords: input.endApps ? await endAppPasswords(tx, server, user.id) : 0,
    })),
  );
  tellRevocation(server, user.id);
  return changed;
}

/**
 * Sets the password that a step of signing in asked for, and ends every session of the user: what made the change needed
 * may have let somebody else in. `within` joins its transaction. MailErrors as of `changePassword`.
 */
export async function setDemandedPassword(
  server: ProfileContext,
  user: UserRecord,
  given: { old: string | null; new: string },
  within: (tx: Writer) => Promise<void>,
): Promise<void> {
  const next = await prepareNew(server, user, given);
  await server.db.write(
    storeFor(server, user, next, async (tx) => {
      await within(tx);
      await endSessionsOf(tx, server, user.id, null);
    }),
  );
  tellRevocation(server, user.id);
}

/** What a change stores: the new hash, and the user's own key under the new password. */
interface NextPassword {
  after: string;
  rewrap: (tx: Writer) => Promise<void>;
}

async function prepareNew(
  server: ProfileContext,
  user: UserRecord,
  given: { old: string | null; new: string },
): Promise<NextPassword> {
  const { old } = given;
  if (old !== null && given.new.normalize('NFC') === old.normalize('NFC')) throw refuseSame();
  const factors = await readFactors(server.db.read, user.id);
  const { secondFactor } = await readPolicy(server.db.read, user.id);
  await checkNewPassword(server, given.new, {
    names: [user.name, user.display_name ?? ''],
    factor: hasFactor(factors) || secondFactor === 'required',
  });
  const after = await server.passwords.hash(given.new, { from: user.id });
  if (old === null) return { after, rewrap: async () => undefined };
  return { after, rewrap: await prepareRewrap(server, user.id, { before: old, after: given.new }) };
}

/** The transaction of a change, with what goes along. */
function storeFor<T>(
  server: ProfileContext,
  user: UserRecord,
  { after, rewrap }: NextPassword,
  along: (tx: Writer) => Promise<T>,
): (tx: Writer) => Promise<T> {
  return async (tx) => {
    const at = server.clock.now();
    if (!(await replacePassword(tx, user.id, { before: user.password, after, at }))) {
      throw new MailError('conflict', 'the password was changed meanwhile', { reason: 'password-changed' });
    }
    await rewrap(tx);
    await writeNote(tx, server, { user: user.id, what: 'password-changed', by: null });
    const act = { actor: user.id, action: 'password.change', subject: user.id, detail: {} };
    await appendAudit(tx, { at, ...act });
    return await along(tx);
  };
}

function refuseSame(): MailError {
  return new MailError('invalid', 'the new password is the old one', {
    field: 'new',
    reason: 'password-same',
  });
}
