import { useId } from 'react';
import { Field } from '../../parts/field.tsx';
import { accountTexts } from '../../text/account.ts';
import { useText } from '../../text/text.ts';
import { KEEPS, type AccountForm } from './account-form.ts';

/** The retention contract: each of the four with a sentence of what it does at the provider. */
export function KeepField({
  form,
  problem,
  onForm,
}: {
  form: AccountForm;
  problem: string | null;
  onForm: (form: AccountForm) => void;
}) {
  const t = useText(accountTexts);
  const name = useId();
  return (
    <fieldset className="choices">
      <legend>{t('keep')}</legend>
      {KEEPS.map((keep) => (
        <div key={keep} className="choice">
          <input
            id={`${name}-${keep}`}
            type="radio"
            name={name}
            value={keep}
            checked={form.keep === keep}
            aria-describedby={`${name}-${keep}-note`}
            onChange={() => onForm({ ...form, keep })}
          />
          <div>
            <label htmlFor={`${name}-${keep}`}>{t(`keep-${keep}`)}</label>
            <p id={`${name}-${keep}-note`} className="field-hint">
              {t(`keep-${keep}-hint`)}
            </p>
            {keep === 'days' && form.keep === 'days' ? (
              <Field
                label={t('days')}
                value={form.days}
                inputMode="numeric"
                problem={problem}
                data-testid="account-days"
                onChange={(event) => onForm({ ...form, days: event.target.value })}
              />
            ) : null}
          </div>
        </div>
      ))}
    </fieldset>
  );
}
