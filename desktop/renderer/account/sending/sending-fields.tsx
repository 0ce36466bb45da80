import type { ReactNode } from 'react';
import type { Account, TlsMode } from '../../../../common/shapes/account.ts';
import { SelectField, type Choice } from '../../parts/choice-fields.tsx';
import type { Field } from '../../parts/field.tsx';
import { PasswordField } from '../../parts/password-field.tsx';
import { accountTexts } from '../../text/account.ts';
import { useText } from '../../text/text.ts';
import { usesOAuth, type AccountForm, type TextField } from '../form/account-form.ts';
import { FindServer } from './find-server.tsx';
import { RelayVerdict } from './relay-verdict.tsx';
import { WayField } from './way-field.tsx';

const SMTP_PORTS: Record<TlsMode, string> = { implicit: '465', starttls: '587', none: '25' };

/** How mail of an account leaves: through Valija's own relay, or through the provider's server. */
export function SendingFields({
  form,
  account,
  tls,
  text,
  onForm,
}: {
  form: AccountForm;
  account: Account | null;
  tls: readonly Choice[];
  /** One field of the form. */
  text: (name: TextField, label: string, more?: object, Input?: typeof Field) => ReactNode;
  onForm: (form: AccountForm) => void;
}) {
  const t = useText(accountTexts);
  const pickTls = (value: string): void => {
    const mode = value as TlsMode;
    const usual = Object.values(SMTP_PORTS).includes(form.smtpPort);
    onForm({ ...form, smtpTls: mode, smtpPort: usual ? SMTP_PORTS[mode] : form.smtpPort });
  };
  return (
    <fieldset className="group">
      <legend>{t('sending')}</legend>
      <WayField way={form.way} onWay={(way) => onForm({ ...form, way })} />
      {form.way === 'relay' ? (
        <RelayVerdict account={account} />
      ) : (
        <>
          <FindServer form={form} onForm={onForm} />
          <div className="field-row">
            {text('smtpHost', t('server'))}
            {text('smtpPort', t('port'), { inputMode: 'numeric' })}
          </div>
          <div className="field-row">
            {text('smtpUser', t('login'), { autoComplete: 'off' })}
            <SelectField label={t('encryption')} value={form.smtpTls} choices={tls} onPick={pickTls} />
          </div>
          {form.smtpTls === 'none' ? <p className="field-problem">{t('tls-none-warning')}</p> : null}
          {usesOAuth(form)
            ? null
            : text(
                'smtpPassword',
                t('smtp-password'),
                { autoComplete: 'off', hint: t('smtp-password-hint') },
                PasswordField,
              )}
        </>
      )}
    </fieldset>
  );
}
