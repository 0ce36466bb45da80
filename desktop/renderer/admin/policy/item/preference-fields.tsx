import { useEffect, useState } from 'react';
import { SelectField } from '../../../parts/choice-fields.tsx';
import { useChoiceWords } from '../../../settings/choice-words.ts';
import { adminPolicyTexts } from '../../../text/admin-policy.ts';
import { useText } from '../../../text/text.ts';
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
  const choose = useChoiceWords();
  return (value) => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (preference === 'timeZone' && value === null) return t('zone-computer');
    const words = choose(preference, String(value));
    return words ?? (value === null ? t('days-never') : t('days', { n: Number(value) }));
  };
}
