import type { ErrorText } from '../../../../common/error-texts/error-text.ts';
import type { RouteProblem } from '../../../../common/shapes/route.ts';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { useDescribe } from '../../shell/explain.ts';
import { formatFullDate } from '../../text/format.ts';
import { languageStore } from '../../text/text.ts';

/** The sentence of a problem and what to do; times in it are the user's. */
export function useProblemWords({ code, reason, remedy, params }: RouteProblem): ErrorText {
  const describe = useDescribe();
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const values = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
        ? formatFullDate(value, language, zone)
        : value,
    ]),
  );
  return describe({ code, reason: remedy ?? reason, params: values, message: '', serverLine: null });
}
