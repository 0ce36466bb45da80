import { useEffect, useState } from 'react';
import { SelectField } from '../../../parts/choice-fields.tsx';
import { adminPolicyTexts } from '../../../text/admin-policy.ts';
import { settingsTexts } from '../../../text/settings.ts';
import { LANGUAGE_NAMES, useText } from '../../../text/text.ts';
import type { FieldsProps } from './fields.ts';
import {
  GIVEN_PREFERENCES,
  isGivenPreference,
  listChoices,
  type GivenPreference,
} from './preference-choices.ts';
import { useGivenPreferenceName } from './given-preference-name.ts';

/** A choice that everybody begins with, or has to keep. */
export function PreferenceFields({ item, items, onEntry }: FieldsProps) {
  const t = useText(adminPolicyTexts);
  const nameOf = useGivenPreferenceName();
  const given = new Set(items.filter(({ part }) => part === 'preferences').map(({ id }) => id));
  const free = GIVEN_PREFERENCES.filter((key) => !given.has(key));
  const [key, setKey] = useState(item?.id ?? free[0] ?? '');
  const [value, setValue] = useState<unknown>(item?.value ?? beginWith(key));
  const known = isGivenPreference(key);
  useEffect(() => {
    onEntry(key === '' ? { value: undefined } : { value, id: key });
  }, [key, value, onEntry]);
  if (key === '') return <p className="note">{t('preferences-all')}</p>;
  if (!known) return <p className="note">{t('preference-elsewhere', { key })}</p>;
  return (
    <>
      {item === null ? (
        <SelectField
          label={t('preference')}
          value={key}
          choices={free.map((one) => ({ value: one, label: nameOf(one) }))}
          onPick={(one) => {
            setKey(one);
            setValue(beginWith(one));
          }}
        />
      ) : (
        <h3>{nameOf(key)}</h3>
      )}
      <ValueField key={key} preference={key} value={value} onValue={setValue} />
    </>
  );
}

function beginWith(key: string): unknown {
  return isGivenPreference(key) ? listChoices(key, undefined)[0] : undefined;
}

function ValueField({
  preference,
  value,
  onValue,
}: {
  preference: GivenPreference;
  value: unknown;
  onValue: (value: unknown) => void;
}) {
  const t = useText(adminPolicyTexts);
  const describe = useDescribeValue(preference);
  const [choices] = useState(() => listChoices(preference, value));
  return (
    <SelectField
      label={t('preference-value')}
      value={String(choices.indexOf(value))}
      choices={choices.map((one, at) => ({ value: String(at), label: describe(one) }))}
      onPick={(at) => onValue(choices[Number(at)])}
    />
  );
}

/** A value as the user's own settings call it. */
function useDescribeValue(preference: GivenPreference): (value: unknown) => string {
  const t = useText(adminPolicyTexts);
  const settings = useText(settingsTexts);
  return (value) => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (preference === 'language')
      return LANGUAGE_NAMES.find(([code]) => code === value)?.[1] ?? String(value);
    if (preference === 'theme') return settings(`theme-${value as 'dark'}`);
    if (preference === 'density') return settings(`density-${value as 'normal'}`);
    if (preference === 'timeZone')
      return value === null ? t('zone-computer') : (value as string).replaceAll('_', ' ');
    if (preference === 'undoSeconds')
      return value === 0 ? settings('undo-none') : settings('seconds', { n: Number(value) });
    return value === null ? t('days-never') : t('days', { n: Number(value) });
  };
}
