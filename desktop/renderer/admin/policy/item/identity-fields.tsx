import { useEffect, useState } from 'react';
import type { LayerAccount, LayerIdentity } from '../../../../../common/shapes/layer.ts';
import { MarkupField, type Markup } from '../../../identity/markup-field.tsx';
import { VariablesNote } from '../../../identity/variables-note.tsx';
import { SelectField } from '../../../parts/choice-fields.tsx';
import { Field } from '../../../parts/field.tsx';
import { adminPolicyTexts } from '../../../text/admin-policy.ts';
import { identityTexts } from '../../../text/identities.ts';
import { useText } from '../../../text/text.ts';
import type { FieldsProps } from './fields.ts';

/** The same in every language: what stands in braces is a name of ours. */
const SAMPLE_ADDRESS = '{{user}}@uni.example';

/** A further address of an account that the same place gives, with its signature. */
export function IdentityFields({ item, items, tried, onEntry }: FieldsProps) {
  const t = useText(identityTexts);
  const policy = useText(adminPolicyTexts);
  const begin = item?.value as LayerIdentity | undefined;
  const accounts = items.filter(({ part }) => part === 'accounts');
  const [account, setAccount] = useState(begin?.account ?? accounts[0]?.id ?? '');
  const [name, setName] = useState(begin?.name ?? '{{name}}');
  const [address, setAddress] = useState(begin?.address ?? '');
  const [replyTo, setReplyTo] = useState(begin?.replyTo ?? '');
  const [signature, setSignature] = useState<Markup>(begin?.signature ?? { text: '', html: '' });
  const addressless = !address.includes('@');
  useEffect(() => {
    const { text, html } = signature;
    const value: LayerIdentity = {
      account,
      name: name.trim() || null,
      address: address.trim(),
      replyTo: replyTo.trim() || null,
      signature: text.trim() === '' ? null : { text: text.trim(), html },
    };
    onEntry({ value: account === '' || addressless ? undefined : value });
  }, [account, name, address, replyTo, signature, addressless, onEntry]);
  if (accounts.length === 0) return <p className="note note-warning">{policy('identity-no-account')}</p>;
  return (
    <>
      <SelectField
        label={t('account')}
        value={account}
        choices={accounts.map(({ id, value }) => ({ value: id, label: (value as LayerAccount).email }))}
        hint={t('account-hint')}
        onPick={setAccount}
      />
      <div className="field-row field-row-even">
        <Field
          label={t('name')}
          value={name}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label={t('address')}
          value={address}
          maxLength={320}
          autoComplete="off"
          spellCheck={false}
          placeholder={SAMPLE_ADDRESS}
          problem={tried && addressless ? t('address-bad') : null}
          data-testid="layer-address"
          onChange={(event) => setAddress(event.target.value)}
        />
      </div>
      <Field
        label={t('reply-to')}
        value={replyTo}
        maxLength={320}
        autoComplete="off"
        spellCheck={false}
        hint={t('reply-to-hint')}
        onChange={(event) => setReplyTo(event.target.value)}
      />
      <MarkupField
        label={t('signature')}
        place=""
        value={signature}
        hint={t('signature-hint')}
        onMarkup={setSignature}
      />
      <details>
        <summary>{t('variables')}</summary>
        <VariablesNote text={signature.text} />
      </details>
    </>
  );
}
