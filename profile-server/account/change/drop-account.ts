import type { Identity } from '../../../common/shapes/identity.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import { removeTokens } from '../../oauth/token/keep-tokens.ts';
import { listItemsOf, putItem } from '../../profile/profile-store.ts';
import { removeLeasesOfAccount } from '../../schedule/lease-store.ts';
import { removePoll } from '../../schedule/poll-store.ts';
import { removeTimeline } from '../../schedule/timeline-store.ts';
import { CREDENTIAL_KINDS, removeCredential } from '../../vault/credential-store.ts';

/** Takes an account out with its identities, its secrets and its lease; the mails stay. */
export async function dropAccount(
  tx: Writer,
  act: { user: string; session: string; revision: number; at: number },
  id: string,
): Promise<void> {
  const put = { ...act, value: null };
  await putItem(tx, { ...put, part: 'accounts', id });
  for (const identity of await listIdentitiesOf(tx, act.user, id)) {
    await putItem(tx, { ...put, part: 'identities', id: identity.id });
  }
  await removeLeasesOfAccount(tx, id);
  await removePoll(tx, id);
  await removeTimeline(tx, id);
  await removeTokens(tx, id);
  for (const kind of CREDENTIAL_KINDS) await removeCredential(tx, id, kind);
}

/** The addresses that belong to an account. */
export async function listIdentitiesOf(reader: Reader, user: string, account: string): Promise<Identity[]> {
  const items = await listItemsOf(reader, user, 'identities');
  return items
    .map((item) => JSON.parse(item.value ?? 'null') as Identity)
    .filter((identity) => identity.account === account);
}
