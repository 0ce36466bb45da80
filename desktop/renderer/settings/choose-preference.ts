import type { Preferences } from '../../../common/shapes/profile.ts';
import { setPreference } from '../profile/profile-sync.ts';
import { toProblem } from '../session/problem.ts';
import { tellProblem } from '../shell/notices.ts';

/** Sets a preference; what the server refuses is told, with a way to try again. */
export function choosePreference<Key extends keyof Preferences>(key: Key, value: Preferences[Key]): void {
  setPreference(key, value).catch((error: unknown) =>
    tellProblem(toProblem(error), () => choosePreference(key, value)),
  );
}
