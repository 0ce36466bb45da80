import { profileStore } from '../profile/profile-store.ts';
import { languageStore } from '../text/text.ts';

/** Language, theme and density stand on the root element, where the style sheet and screen readers find them. */
export function followLook(): void {
  const show = (): void => {
    const { theme, density } = profileStore.get().preferences;
    const root = document.documentElement;
    root.lang = languageStore.get();
    root.dataset['density'] = density;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  };
  profileStore.subscribe(show);
  languageStore.subscribe(show);
  show();
}

/** Whether the screens are dark now, by choice or by the system. */
export function isDark(): boolean {
  const { theme } = profileStore.get().preferences;
  return theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
}
