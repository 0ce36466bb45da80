import { makeVariables, type VariableValues } from '../../../common/compose/variables.ts';
import type { Identity } from '../../../common/shapes/identity.ts';
import { readClock } from '../parts/clock.ts';
import { profileStore } from '../profile/profile-store.ts';
import { userStore } from '../session/session.ts';

/** What variables stand for now, on this screen, for mail of this identity. */
export function ownValues(identity: Pick<Identity, 'name' | 'address'> | null): VariableValues {
  const { language, timeZone } = profileStore.get().preferences;
  const user = userStore.get();
  return makeVariables(identity, {
    at: readClock(),
    language,
    timeZone,
    user: user?.displayName ?? user?.name ?? '',
    group: user?.group?.name ?? '',
  });
}
