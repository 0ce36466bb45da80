import type { Account, TlsMode } from '../../../../common/shapes/account.ts';
import { SelectField } from '../../parts/choice-fields.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PasswordField } from '../../parts/password-field.tsx';
import { accountTexts } from '../../text/account.ts';
import { useText } from '../../text/text.ts';
import { usesOAuth, type AccountForm, type TextField } from './account-form.ts';
import { IntervalField } from './interval-field.tsx';
import { SignedInOnlyField } from './signed-in-only.tsx';
import { KeepField } from './keep-field.tsx';
import { SendingFields } from '../sending/sending-fields.tsx';

const POP3_PORTS: Record<TlsMode, string> = { implicit: '995', starttls: '110', none: '110' };

/** Every field of an account. */
export function AccountFields({
  form,
  account,
  gap,
  onForm,
}: {
  form: AccountForm;
  account: Account | null;
  gap: keyof AccountForm | null;
  onForm: (form: AccountForm) => void;
}) {
  const t = useText(accountTexts);
  const text = (name: TextField, label: string, more: object = {}, Input: typeof Field = Field) => (
    <Input
      label={label}
      value={form[name]}
      problem={gap === name ? t('fill-in') : null}
      data-testid={`account-${name}`}
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => onForm({ ...form, [name]: event.target.value })}
      {...more}
    />
  );
  const tls = [
    { value: 'implicit', label: t('tls-implicit') },
    { value: 'starttls', label: t('tls-starttls') },
    { value: 'none', label: t('tls-none') },
  ];
  return (
    <>
      {account === null ? (
        <p className="wizard-address">{form.email}</p>
      ) : (
        text('email', t('address'), { type: 'email' })
      )}
      {text('name', t('your-name'), {
        autoCapitalize: 'words',
        autoComplete: 'name',
        hint: t('your-name-hint'),
      })}
      {usesOAuth(form) ? (
        <p className="note">
          <Icon name="lock" size={17} />
          <span>{t('signs-in-there')}</span>
        </p>
      ) : (
        text(
          'password',
          t('password'),
          {
            autoComplete: 'off',
            hint: account === null ? t('password-hint') : t('password-kept'),
            autoFocus: account === null,
          },
          PasswordField,
        )
      )}
      <fieldset className="group">
        <legend>{t('receiving')}</legend>
        <div className="field-row">
          {text('host', t('server'))}
          {text('port', t('port'), { inputMode: 'numeric' })}
        </div>
        <div className="field-row">
          {text('user', t('login'), { autoComplete: 'off' })}
          <SelectField
            label={t('encryption')}
            value={form.tls}
            choices={tls}
            onPick={(value) =>
              onForm({
                ...form,
                tls: value as TlsMode,
                port: Object.values(POP3_PORTS).includes(form.port)
                  ? POP3_PORTS[value as TlsMode]
                  : form.port,
              })
            }
          />
        </div>
        {form.tls === 'none' ? <p className="field-problem">{t('tls-none-warning')}</p> : null}
        <IntervalField
          value={form.interval}
          host={form.host}
          onPick={(interval) => onForm({ ...form, interval })}
        />
        <SignedInOnlyField
          checked={form.signedInOnly}
          onPick={(signedInOnly) => onForm({ ...form, signedInOnly })}
        />
        <KeepField form={form} problem={gap === 'days' ? t('fill-in') : null} onForm={onForm} />
      </fieldset>
      <SendingFields form={form} account={account} tls={tls} text={text} onForm={onForm} />
    </>
  );
}
