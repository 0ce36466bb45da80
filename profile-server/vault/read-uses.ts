import { DAY, formatTime } from '../../common/time.ts';
import type { SecretUse, SecretUseCount, SecretUses } from '../../common/shapes/credential-use.ts';
import { MailError } from '../../common/errors.ts';
import type { UserCaller } from '../../server-kit/auth/caller.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { demandAccount, listStoredAccounts } from '../account/account-store.ts';
import type { ProfileContext } from '../context.ts';
import { demandReachOf } from '../group/reach.ts';
import { findPart } from '../part/part-store.ts';
import { countUses, listUses } from './credential-log-store.ts';
import { OWN_PART } from './record-use.ts';

/** As long as the lines themselves are kept. */
const COUNTED = 30 * DAY;

/** When, by which part and why an account's secrets were opened: for its owner alone. MailError `not-found`. */
export async function readUses(
  server: ProfileContext,
  user: string,
  page: { account: string; before: string | null; limit: number },
): Promise<SecretUses> {
  const { read } = server.db;
  await demandAccount(read, user, page.account);
  const lines = await listUses(read, page.account, {
    before: readPlace(page.before),
    limit: page.limit + 1,
  });
  const shown = lines.slice(0, page.limit);
  const uses: SecretUse[] = [];
  for (const { at, purpose, part } of shown) {
    uses.push({ at: formatTime(at), purpose, part, kind: await findKind(read, part) });
  }
  const last = shown.at(-1);
  return { uses, next: lines.length > page.limit && last ? `${last.at}.${last.id}` : null };
}

/**
 * Sums by hour of the last 30 days, for admins: of one user within their reach, or (null, organisation admins) of all.
 * Which account, lease or mail it was stays the user's own.
 */
export async function countUsesFor(
  server: ProfileContext,
  caller: UserCaller,
  user: string | null,
): Promise<{ counts: SecretUseCount[] }> {
  const { read } = server.db;
  if (user === null && !caller.admin) {
    throw new MailError('forbidden', 'only admins may do this', { reason: 'admins-only' });
  }
  if (user !== null) await demandReachOf(read, caller, user);
  const accounts = user === null ? null : (await listStoredAccounts(read, user)).map(({ id }) => id);
  const counts = await countUses(read, accounts, server.clock.now() - COUNTED);
  return { counts: counts.map((one) => ({ ...one, hour: formatTime(one.hour) })) };
}

function readPlace(before: string | null): { at: number; id: string } | null {
  const match = /^(\d{1,15})\.([\w-]{1,64})$/.exec(before ?? '');
  return match === null ? null : { at: Number(match[1]), id: match[2] ?? '' };
}

async function findKind(reader: Reader, part: string): Promise<SecretUse['kind']> {
  return part === OWN_PART ? 'profile-server' : ((await findPart(reader, part))?.kind ?? null);
}
