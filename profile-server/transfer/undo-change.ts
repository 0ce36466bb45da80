import { MailError } from '../../common/errors.ts';
import type { ItemValue, ProfilePart } from '../../common/shapes/profile.ts';
import type { Changer } from '../account/change/change-account.ts';
import { tellAccounts } from '../account/tell-accounts.ts';
import type { ProfileContext } from '../context.ts';
import { findChange } from '../profile/history-store.ts';
import { mergeValues } from '../../common/profile/merge-values.ts';
import { findItem, takeRevision } from '../profile/profile-store.ts';
import { tellUser } from '../profile/tell-user.ts';
import { Restorer, type RestoredItem } from './restorer.ts';

/**
 * Takes one change of one item back: only the fields that it changed, so that what came later stays. MailError `not-found`
 * without such a change, `conflict` where the same fields were changed again, `forbidden` for what mail depends on.
 */
export async function undoChange(
  server: ProfileContext,
  caller: Changer,
  which: { revision: number; part: ProfilePart; id: string },
): Promise<{ revision: number; item: RestoredItem | null }> {
  const { user } = caller;
  const { part, id } = which;
  const done = await server.db.write(async (tx) => {
    const revision = await takeRevision(tx, user);
    const change = await findChange(tx, { user, ...which });
    if (change === undefined) {
      throw new MailError('not-found', 'no such change', { reason: 'no-change' });
    }
    const [before, after] = [parse(change.value_before), parse(change.value_after)];
    if (before === null && part === 'accounts') refuse('undo-account');
    if (before === null && part === 'mailboxes') refuse('undo-mailbox');
    const now = await findItem(tx, user, part, id);
    const merged = mergeValues(after, parse(now?.value ?? null), before);
    if ('conflict' in merged) {
      const params = { fields: merged.conflict.join(' ') };
      throw new MailError('conflict', 'it was changed again', { reason: 'undo', params });
    }
    const restorer = new Restorer(server, tx, caller, revision);
    if (merged.value !== null) await restorer.putOne(part, id, JSON.stringify(merged.value));
    else if (now !== undefined && now.value !== null) await restorer.remove(part, id, now.value);
    return { revision, item: restorer.items[0] ?? null };
  });
  tellUser(server, user);
  tellAccounts(server, user);
  return done;
}

function parse(value: string | null): ItemValue {
  return JSON.parse(value ?? 'null') as ItemValue;
}

function refuse(reason: 'undo-account' | 'undo-mailbox'): never {
  throw new MailError('forbidden', 'mail depends on it', { reason });
}
