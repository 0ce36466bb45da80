import { makeId } from '../../common/ids.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { addUse, type CredentialUse } from './credential-log-store.ts';

/** Who got a secret, for what, and the lease or queued mail it was for. */
export type UseReason = Pick<CredentialUse, 'part' | 'purpose' | 'reference'>;

/** This server's own name in the log. */
export const OWN_PART = 'profile';

/** Uses that stand in the audit log in their own words, or that nobody outside has got anything by. */
const ELSEWHERE: readonly CredentialUse['purpose'][] = ['retrieve', 'test', 'refresh', 'export', 'restore'];

/** Every use is in the log of its own; one by a part without a lease also in the audit log. */
export async function recordUse(
  tools: Pick<ProfileContext, 'random' | 'clock'>,
  tx: Writer,
  use: Omit<CredentialUse, 'id' | 'at'>,
): Promise<void> {
  const at = tools.clock.now();
  const { user, account, part, purpose, reference } = use;
  await addUse(tx, { id: makeUseId(tools, at), at, user, account, part, purpose, reference });
  if (ELSEWHERE.includes(purpose)) return;
  const detail = { user, purpose, ...(reference === null ? {} : { queueId: reference }) };
  await appendAudit(tx, { at, actor: part, action: 'credential.use', subject: account, detail });
}

/** In the order of time, so that a million of them are written at the end of their index and not all over it. */
function makeUseId(tools: Pick<ProfileContext, 'random'>, at: number): string {
  return makeId(`use_${at.toString(36).padStart(9, '0')}`, tools.random);
}
