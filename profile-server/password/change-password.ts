import { MailError } from '../../common/errors.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { endAppPasswords } from '../app-password/end-app-passwords.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { hasFactor, readFactors } from '../second-factor/factors.ts';
import { endSessionsOf, tellRevocation } from '../session/end-session.ts';
import { writeNote } from '../session/note/security-notes.ts';
import { proveOwnPassword } from '../session/prove-user.ts';
import type { UserRecord } from '../user/user-store.ts';
import { checkNewPassword } from './check-new-password.ts';
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
  if (input.new.normalize('NFC') === input.old.normalize('NFC')) throw refuseSame();
  const changed = await server.db.write(
    storeFor(server, user, await hashNew(server, user, input.new), async (tx) => ({
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
  if (given.old !== null && given.new.normalize('NFC') === given.old.normalize('NFC')) throw refuseSame();
  const after = await hashNew(server, user, given.new);
  await server.db.write(
    storeFor(server, user, after, async (tx) => {
      await within(tx);
      await endSessionsOf(tx, server, user.id, null);
    }),
  );
  tellRevocation(server, user.id);
}

async function hashNew(server: ProfileContext, user: UserRecord, password: string): Promise<string> {
  const factors = await readFactors(server.db.read, user.id);
  const { secondFactor } = await readPolicy(server.db.read, user.id);
  await checkNewPassword(server, password, {
    names: [user.name, user.display_name ?? ''],
    factor: hasFactor(factors) || secondFactor === 'required',
  });
  return await server.passwords.hash(password, { from: user.id });
}

/** The transaction of a change, with what goes along. */
function storeFor<T>(
  server: ProfileContext,
  user: UserRecord,
  after: string,
  along: (tx: Writer) => Promise<T>,
): (tx: Writer) => Promise<T> {
  return async (tx) => {
    const at = server.clock.now();
    if (!(await replacePassword(tx, user.id, { before: user.password, after, at }))) {
      throw new MailError('conflict', 'the password was changed meanwhile', { reason: 'password-changed' });
    }
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
