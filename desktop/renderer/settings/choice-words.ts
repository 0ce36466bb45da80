import { settingsTexts } from '../text/settings.ts';
import { LANGUAGE_NAMES, useText } from '../text/text.ts';

/** What the settings call a value of a preference that is chosen among few; undefined for other preferences. */
export function useChoiceWords(): (preference: string | null, value: string) => string | undefined {
  const t = useText(settingsTexts);
  return (preference, value) => {
    if (preference === 'language') return LANGUAGE_NAMES.find(([code]) => code === value)?.[1] ?? value;
    if (preference === 'theme') return t(`theme-${value as 'dark'}`);
    if (preference === 'density') return t(`density-${value as 'normal'}`);
    if (preference === 'timeZone') return value.replaceAll('_', ' ');
    if (preference !== 'undoSeconds') return undefined;
    return value === '0' ? t('undo-none') : t('seconds', { n: Number(value) });
  };
}
