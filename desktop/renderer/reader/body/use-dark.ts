import { useEffect, useState } from 'react';
import { usePreference } from '../../profile/profile-store.ts';
import { isDark } from '../../shell/look.ts';

/** Whether the screens are dark; it follows the system while that is asked, as many turn dark by themselves in the evening. */
export function useDark(): boolean {
  usePreference('theme');
  const [, setSystem] = useState(false);
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => setSystem(media.matches);
    follow();
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);
  return isDark();
}
