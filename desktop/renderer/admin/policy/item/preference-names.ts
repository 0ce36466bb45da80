import { adminPolicyTexts } from '../../../text/admin-policy.ts';
import { settingsTexts } from '../../../text/settings.ts';
import { useText } from '../../../text/text.ts';
import type { GivenPreference } from './preference-choices.ts';

/** Preferences as the user's own settings call them. */
export function usePreferenceNames(): (key: GivenPreference) => string {
  const t = useText(adminPolicyTexts);
  const settings = useText(settingsTexts);
  return (key) => {
    if (key === 'collect') return t('preference-collect');
    if (key === 'trashDays') return t('preference-trash');
    if (key === 'junkDays') return t('preference-junk');
    const names = {
      language: 'language',
      theme: 'theme',
      density: 'density',
      timeZone: 'time-zone',
      undoSeconds: 'undo-time',
      keys: 'keys',
      conversations: 'conversations',
      showCopies: 'show-copies',
    } as const;
    return settings(names[key]);
  };
}
