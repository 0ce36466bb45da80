import { usePreferenceName } from '../../../history/preference-names.ts';
import { adminPolicyTexts } from '../../../text/admin-policy.ts';
import { useText } from '../../../text/text.ts';
import type { GivenPreference } from './preference-choices.ts';

/** Preferences as the user's own settings call them, where that can be understood without seeing those. */
export function useGivenPreferenceName(): (key: GivenPreference) => string {
  const t = useText(adminPolicyTexts);
  const nameOf = usePreferenceName();
  return (key) => {
    if (key === 'collect') return t('preference-collect');
    if (key === 'trashDays') return t('preference-trash');
    if (key === 'junkDays') return t('preference-junk');
    return nameOf(key);
  };
}
