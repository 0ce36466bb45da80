import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import type { AccountSettings, SmtpSettings } from '../../common/shapes/account.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { demandAccount } from '../account/account-store.ts';
import { appendAudit } from '../admin/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { demandHome } from '../part/demand-home.ts';
import { findHeldLease } from '../schedule/lease-store.ts';
import { findUser } from '../session/user-store.ts';
import { recordUse, type CredentialUse } from './credential-log-store.ts';
import { openSecret } from './keep-secret.ts';

/** For retrieval: what to connect to and with what, only to the part that holds the account's lease now. */
export async function useForRetrieval(
  server: ProfileContext,
  part: string,
  use: { lease: string; account: string; purpose: 'retrieve' | 'test' },
): Promise<{ settings: AccountSettings; secret: string }> {
  return await server.db.write(async (tx) => {
    const lease = await findHeldLease(tx, use.lease, part, server.clock.now());
    if (lease === undefined || lease.account !== use.account) {
      throw new MailError('forbidden', 'no such lease is held', { reason: 'lease-lost' });
    }
    const { settings } = await demandAccount(tx, lease.user, use.account);
    const secret = await openSecret(server, tx, { user: lease.user, account: use.account, kind: 'pop3' });
    if (secret === null)
      throw new MailError('needs-sign-in', 'no password is kept', { reason: 'no-password' });
    await record(server, tx, { ...use, user: lease.user, part, reference: use.lease });
    return { settings, secret };
  });
}

/** For a queued mail that the relay names: the account's smarthost, `secret` null when it wants none. */
export async function useForSubmission(
  server: ProfileContext,
  part: string,
  use: { queueId: string; user: string; account: string },
): Promise<{ smtp: SmtpSettings; secret: string | null }> {
  const reference = use.queueId;
  return await openSmarthost(server, { ...use, part, purpose: 'submit', reference });
}

/** For `account test` at the user's home. */
export async function useForSubmissionTest(
  server: ProfileContext,
  part: string,
  use: { user: string; account: string },
): Promise<{ smtp: SmtpSettings; secret: string | null }> {
  await demandHome(server, part, use.user);
  return await openSmarthost(server, { ...use, part, purpose: 'submit-test', reference: null });
}

type Use = Omit<CredentialUse, 'id' | 'at'>;

async function openSmarthost(
  server: ProfileContext,
  use: Use,
): Promise<{ smtp: SmtpSettings; secret: string | null }> {
  const { user, account } = use;
  return await server.db.write(async (tx) => {
    if ((await findUser(tx, user))?.disabled === 1) {
      throw new MailError('forbidden', 'the user is disabled', { reason: 'user-disabled' });
    }
    const { settings } = await demandAccount(tx, user, account);
    const { way, smtp } = settings.send;
    if (way !== 'smarthost' || smtp === null) {
      throw new MailError('route-refused', 'the account sends by the relay', { reason: 'no-smarthost' });
    }
    const secret =
      smtp.auth === 'none' ? null : await openSecret(server, tx, { user, account, kind: 'smtp' });
    if (secret !== null) await record(server, tx, use);
    return { smtp, secret };
  });
}

/** Every use is in the log of its own; one without a lease also in the audit log (DESIGN 9). */
async function record(server: ProfileContext, tx: Writer, use: Use): Promise<void> {
  const at = server.clock.now();
  const { user, account, part, purpose, reference } = use;
  await recordUse(tx, { id: makeId('use', server.random), at, user, account, part, purpose, reference });
  if (purpose === 'retrieve' || purpose === 'test') return;
  const detail = { user, purpose, ...(reference === null ? {} : { queueId: reference }) };
  await appendAudit(tx, { at, actor: part, action: 'credential.use', subject: account, detail });
}
