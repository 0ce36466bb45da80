import { historyTexts } from '../text/history.ts';
import { useText } from '../text/text.ts';
import { useFieldName } from './field-names.ts';
import { useValueWords } from './value-words.ts';

export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** Fields with what stood there and what stands there now; `preference`: the setting that they are of. */
export function Changes({
  fields,
  preference,
}: {
  fields: readonly FieldChange[];
  preference: string | null;
}) {
  const t = useText(historyTexts);
  const nameField = useFieldName();
  const words = useValueWords(preference);
  // A signature's or template's HTML says what its text says.
  const shown = fields.filter(({ field }) => !field.endsWith('html') || fields.length === 1);
  if (shown.length === 0) return null;
  return (
    <dl className="changes">
      {shown.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{nameField(field)}</dt>
          <dd>
            <del>{before === null ? t('nothing') : words(before)}</del> →{' '}
            <ins>{after === null ? t('nothing') : words(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
