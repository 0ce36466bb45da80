import { historyTexts } from '../text/history.ts';
import { useText } from '../text/text.ts';
import { useFieldName } from './field-names.ts';

export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** Fields with what stood there and what stands there now. */
export function Changes({ fields }: { fields: readonly FieldChange[] }) {
  const t = useText(historyTexts);
  const nameField = useFieldName();
  // A signature's or template's HTML says what its text says.
  const shown = fields.filter(({ field }) => !field.endsWith('html') || fields.length === 1);
  if (shown.length === 0) return null;
  return (
    <dl className="changes">
      {shown.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{nameField(field)}</dt>
          <dd>
            <del>{before ?? t('nothing')}</del> → <ins>{after ?? t('nothing')}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
