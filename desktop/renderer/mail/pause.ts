import type { Account } from '../../../common/shapes/account.ts';
import { profileServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tellProblem } from '../shell/notices.ts';
import { readProfile } from '../profile/profile-sync.ts';
import { readAccountStates } from './check.ts';

/** Stops fetching an account, in the middle of a fetch too, or goes on at once where it stopped. */
export async function pauseFetching(account: Pick<Account, 'id'>, paused: boolean): Promise<void> {
  try {
    await profileServer().account.pause.mutate({ id: account.id, paused });
    await Promise.all([readProfile(), readAccountStates()]);
  } catch (error) {
    tellProblem(toProblem(error), () => void pauseFetching(account, paused));
  }
}
