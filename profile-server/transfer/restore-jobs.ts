import { join } from 'node:path';
import { z } from 'zod';
import type { HistoryActor } from '../../common/history-actor.ts';
import { profileFile } from '../../common/archive/profile-file.ts';
import { MailError } from '../../common/errors.ts';
import { takeOperatorJobs } from '../../server-kit/operator-jobs.ts';
import { tellAccounts } from '../account/tell-accounts.ts';
import { demandAccount } from '../account/account-store.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { liftSignIn } from '../schedule/sign-in-store.ts';
import { foldUserName } from '../user/user-name.ts';
import { findUserByName } from '../user/user-store.ts';
import { openSecret } from '../vault/keep-secret.ts';
import { OWN_PART, type UseReason } from '../vault/record-use.ts';
import { addSealed } from './backup-store.ts';
import { importProfile } from './import-profile.ts';

const job = z.object({
  name: z.string().max(200),
  /** Id of the user whose backup it is. */
  user: z.string().max(64),
  profile: profileFile,
  credentials: z.array(
    z.object({
      account: z.string(),
      kind: z.enum(['pop3', 'smtp']),
      version: z.number().int(),
      sealed: z.string(),
    }),
  ),
});

/** Puts a user's profile back from what `valija restore` lays into the data directory. Returns how to end it. */
export function takeProfileJobs(server: ProfileContext, dataDir: string): () => Promise<void> {
  return takeOperatorJobs(join(dataDir, 'restoring'), server.log, async (given) => {
    const { name, user, profile, credentials } = job.parse(given);
    const found = await findUserByName(server.db.read, foldUserName(name));
    if (found === undefined)
      throw new MailError('not-found', 'no such user', { reason: 'restore-user', params: { name } });
    const caller = { user: found.id, session: 'operator' satisfies HistoryActor };
    const { ids: _ids, ...done } = await importProfile(server, caller, profile);
    let secrets = 0;
    // Sealed for that very user: another one cannot open them and signs in again.
    if (found.id === user) for (const one of credentials) secrets += await putBack(server, found.id, one);
    await server.db.write(async (tx) => {
      const detail = { added: done.added, secrets };
      await appendAudit(tx, {
        at: server.clock.now(),
        actor: 'system',
        action: 'profile.restore',
        subject: found.id,
        detail,
      });
    });
    tellAccounts(server, found.id);
    return { user: found.id, ...done, secrets };
  });
}

const RESTORE: UseReason = { part: OWN_PART, purpose: 'restore', reference: null };

/** 1 where the account has its password again. */
async function putBack(
  server: ProfileContext,
  user: string,
  credential: z.infer<typeof job>['credentials'][number],
): Promise<number> {
  const { account, kind } = credential;
  try {
    return await server.db.write(async (tx) => {
      await demandAccount(tx, user, account);
      if (!(await addSealed(tx, user, { ...credential, sealed: Buffer.from(credential.sealed, 'base64') })))
        return 0;
      await openSecret(server, tx, { user, account, kind }, RESTORE);
      if (kind === 'pop3') await liftSignIn(tx, account, server.clock.now());
      return 1;
    });
  } catch (error) {
    // It was sealed by another master key: nothing of it is kept, and the account waits for its password.
    server.log.warn('restore.secret-refused', { account, error });
    return 0;
  }
}
