import { makeProfileFile, type ProfileFile } from '../../common/archive/profile-file.ts';
import type { AccountSecrets } from '../../common/shapes/account.ts';
import { formatTime } from '../../common/time.ts';
import { sealFile } from '../../server-kit/sealed-file.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { Changer } from '../account/change/change-account.ts';
import { listStoredAccounts } from '../account/account-store.ts';
import type { ProfileContext } from '../context.ts';
import { readProfile } from '../profile/read-profile.ts';
import { proveOwnPassword } from '../session/sign-in/prove-user.ts';
import { openSecret } from '../vault/keep-secret.ts';
import { OWN_PART, type UseReason } from '../vault/record-use.ts';

/** What is inside of a sealed file: the profile and the passwords of its accounts, by account. */
export interface SecretProfileFile extends ProfileFile {
  secrets: Record<string, AccountSecrets>;
}

const EXPORT: UseReason = { part: OWN_PART, purpose: 'export', reference: null };

/** The whole profile without secrets. */
export async function exportProfile(server: ProfileContext, user: string): Promise<ProfileFile> {
  const { items } = await readProfile(server, user, {});
  return makeProfileFile(items, formatTime(server.clock.now()));
}

/**
 * The same with passwords, sealed by a passphrase here, so that they leave the server in no other form. Whoever found an
 * open session must not get at them: the user's password is asked for, and the export stands in the audit log. Tokens of
 * providers are left out: the provider gives new ones only to one place. MailError `sign-in-failed`.
 */
export async function exportWithSecrets(
  server: ProfileContext,
  caller: Changer,
  input: { password: string; passphrase: string },
): Promise<{ file: string }> {
  const { user } = caller;
  await proveOwnPassword(server, user, input.password);
  const profile = await exportProfile(server, user);
  const secrets = await server.db.write(async (tx) => {
    const found: Record<string, AccountSecrets> = {};
    for (const { id, oauth } of await listStoredAccounts(tx, user)) {
      if (oauth !== null) continue;
      const pop3 = await openSecret(server, tx, { user, account: id, kind: 'pop3' }, EXPORT);
      const smtp = await openSecret(server, tx, { user, account: id, kind: 'smtp' }, EXPORT);
      found[id] = {
        ...(pop3 === null ? {} : { pop3Password: pop3 }),
        ...(smtp === null ? {} : { smtpPassword: smtp }),
      };
    }
    const accounts = Object.keys(found).length;
    const at = server.clock.now();
    await appendAudit(tx, {
      at,
      actor: user,
      action: 'profile.export-secrets',
      subject: user,
      detail: { accounts },
    });
    return found;
  });
  const file: SecretProfileFile = { ...profile, secrets };
  const sealed = await server.signInLock.run('sealing', async () => {
    return await sealFile(Buffer.from(JSON.stringify(file)), input.passphrase, server.random);
  });
  return { file: sealed.toString('base64') };
}
