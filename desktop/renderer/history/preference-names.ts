import { contactTexts } from '../text/contacts.ts';
import { identityTexts } from '../text/identities.ts';
import { settingsTexts } from '../text/settings.ts';
import { useText } from '../text/text.ts';

/** What the settings call a preference; one that stands on no screen is called as it is inside. */
export function usePreferenceName(): (key: string) => string {
  const settings = useText(settingsTexts);
  const identities = useText(identityTexts);
  const contacts = useText(contactTexts);
  return (key) => {
    const names: Record<string, () => string> = {
      language: () => settings('language'),
      theme: () => settings('theme'),
      density: () => settings('density'),
      timeZone: () => settings('time-zone'),
      keys: () => settings('keys'),
      keyMap: () => settings('section-keyboard'),
      notify: () => settings('section-notifications'),
      silent: () => settings('section-notifications'),
      conversations: () => settings('conversations'),
      showCopies: () => settings('show-copies'),
      undoSeconds: () => settings('undo-time'),
      identity: () => identities('default'),
      collect: () => contacts('collect'),
    };
    return names[key]?.() ?? key;
  };
}
