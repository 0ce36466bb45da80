import type { Preferences } from '../../../common/shapes/profile.ts';
import { Segments, SelectField } from '../parts/choice-fields.tsx';
import { Check } from '../parts/field.tsx';
import { usePreference } from '../profile/profile-store.ts';
import { settingsTexts } from '../text/settings.ts';
import { LANGUAGE_NAMES, useText } from '../text/text.ts';
import { choosePreference as set } from './choose-preference.ts';
import { Given } from './given.tsx';

/** Language, theme, density, time zone, undo time, copies: the same on every PC. */
export function Appearance() {
  const t = useText(settingsTexts);
  const language = usePreference('language');
  const theme = usePreference('theme');
  const density = usePreference('density');
  const timeZone = usePreference('timeZone');
  const undoSeconds = usePreference('undoSeconds');
  const showCopies = usePreference('showCopies');
  const conversations = usePreference('conversations');
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className="settings-page">
      <h1>{t('section-appearance')}</h1>
      <p className="settings-lead">{t('appearance-lead')}</p>
      <Given preference="language">
        <Segments
          label={t('language')}
          value={language}
          choices={LANGUAGE_NAMES.map(([value, label]) => ({ value, label }))}
          onPick={(value) => set('language', value as Preferences['language'])}
        />
      </Given>
      <Given preference="theme">
        <Segments
          label={t('theme')}
          value={theme}
          choices={[
            { value: 'system', label: t('theme-system') },
            { value: 'light', label: t('theme-light') },
            { value: 'dark', label: t('theme-dark') },
          ]}
          onPick={(value) => set('theme', value as Preferences['theme'])}
        />
      </Given>
      <Given preference="density">
        <Segments
          label={t('density')}
          value={density}
          choices={[
            { value: 'comfortable', label: t('density-comfortable') },
            { value: 'normal', label: t('density-normal') },
            { value: 'compact', label: t('density-compact') },
          ]}
          onPick={(value) => set('density', value as Preferences['density'])}
        />
      </Given>
      <Given preference="timeZone">
        <SelectField
          label={t('time-zone')}
          value={timeZone ?? ''}
          choices={[
            { value: '', label: t('time-zone-here', { zone: here }) },
            ...Intl.supportedValuesOf('timeZone').map((zone) => ({
              value: zone,
              label: zone.replaceAll('_', ' '),
            })),
          ]}
          onPick={(value) => set('timeZone', value === '' ? null : value)}
        />
      </Given>
      <Given preference="undoSeconds">
        <SelectField
          label={t('undo-time')}
          value={String(undoSeconds)}
          hint={t('undo-time-hint')}
          choices={[0, 5, 8, 15, 30, 60].map((n) => ({
            value: String(n),
            label: n === 0 ? t('undo-none') : t('seconds', { n }),
          }))}
          onPick={(value) => set('undoSeconds', Number(value))}
        />
      </Given>
      <Given preference="conversations">
        <Check
          label={t('conversations')}
          hint={t('conversations-hint')}
          checked={conversations}
          onPick={(on) => set('conversations', on)}
        />
      </Given>
      <Given preference="showCopies">
        <Check
          label={t('show-copies')}
          hint={t('show-copies-hint')}
          checked={showCopies}
          onPick={(on) => set('showCopies', on)}
        />
      </Given>
    </div>
  );
}
