import { MailError } from '../../common/errors.ts';
import type { Changer } from '../account/change/change-account.ts';
import { tellAccounts } from '../account/tell-accounts.ts';
import type { ProfileContext } from '../context.ts';
import { readValuesAt } from '../profile/history-store.ts';
import { takeRevision } from '../profile/profile-store.ts';
import { tellUser } from '../profile/tell-user.ts';
import { IMPORT_ORDER } from './place-items.ts';
import { Restorer, type RestoredItem } from './restorer.ts';

export interface ProfileRestore {
  /** The one that the restore made; null for a dry run. */
  revision: number | null;
  items: RestoredItem[];
}

/** Ends the transaction of a dry run, whose answer it carries. */
class DryRun extends Error {
  readonly items: RestoredItem[];

  constructor(items: RestoredItem[]) {
    super('a dry run');
    this.items = items;
  }
}

/**
 * Puts every item back as it stood at a time or after a revision, as one new revision. Younger mailboxes and accounts
 * stay. An account that was removed comes back without its password; none gets a contract that deletes more than now.
 */
export async function restoreProfile(
  server: ProfileContext,
  caller: Changer,
  input: { at: number | null; revision: number | null; dryRun: boolean },
): Promise<ProfileRestore> {
  const until = {
    at: input.at ?? Number.MAX_SAFE_INTEGER,
    revision: input.revision ?? Number.MAX_SAFE_INTEGER,
  };
  try {
    const done = await server.db.write(async (tx) => {
      const revision = await takeRevision(tx, caller.user);
      const before = await readValuesAt(tx, caller.user, until);
      if (before.length === 0)
        throw new MailError('not-found', 'nothing is known of then', { reason: 'no-history' });
      const restorer = new Restorer(server, tx, caller, revision);
      const values = new Map(before.map(({ part, id, value }) => [`${part}/${id}`, value]));
      // Removed from the inside out, and put back from the outside in.
      for (const part of IMPORT_ORDER.toReversed()) await restorer.removeYounger(part, values);
      for (const part of IMPORT_ORDER) {
        await restorer.putBack(
          part,
          before.filter((one) => one.part === part && one.value !== null),
        );
      }
      if (input.dryRun) throw new DryRun(restorer.items);
      return { revision, items: restorer.items };
    });
    tellUser(server, caller.user);
    tellAccounts(server, caller.user);
    return done;
  } catch (error) {
    if (error instanceof DryRun) return { revision: null, items: error.items };
    throw error;
  }
}
