import { historyTexts } from '../text/history.ts';
import { useText } from '../text/text.ts';

type FieldKey = Extract<keyof (typeof historyTexts)['en'], `field-${string}`>;

/** What people call a field of an item; one without a word of its own shows as it is called inside. */
export function useFieldName(): (field: string) => string {
  const t = useText(historyTexts);
  const nameOne = (field: string): string => {
    const key = `field-${field}`;
    return isKnown(key) ? t(key) : field;
  };
  return (field) => field.split('.').map(nameOne).join(': ');
}

function isKnown(key: string): key is FieldKey {
  return Object.hasOwn(historyTexts.en, key);
}
