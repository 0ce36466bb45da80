import { useState } from 'react';
import { SelectField } from '../../../parts/choice-fields.tsx';
import { Field } from '../../../parts/field.tsx';
import type { MailboxProps } from '../../../rule/action-row.tsx';
import { adminPolicyTexts } from '../../../text/admin-policy.ts';
import { ruleTexts } from '../../../text/rules.ts';
import { useText } from '../../../text/text.ts';

/** Everybody has these, whatever they are called in his language: a rule may name them so. */
const ROLES = ['Archive', 'Junk', 'Trash', 'Inbox'] as const;
const OTHER = 'other';

/** A mailbox of people whose mailboxes are not known here. */
export function GivenMailbox({ path, problem, onPick }: MailboxProps) {
  const t = useText(adminPolicyTexts);
  const rules = useText(ruleTexts);
  const role = ROLES.find((one) => one.toLowerCase() === path.toLowerCase());
  const [named, setNamed] = useState(path !== '' && role === undefined);
  return (
    <>
      <SelectField
        label={rules('mailbox')}
        value={named ? OTHER : (role ?? '')}
        choices={[
          ...(path === '' && !named ? [{ value: '', label: '—' }] : []),
          ...ROLES.map((value) => ({ value, label: t(`role-${value}`) })),
          { value: OTHER, label: t('role-other') },
        ]}
        problem={named ? null : problem}
        onPick={(value) => {
          setNamed(value === OTHER);
          onPick(value === OTHER ? '' : value);
        }}
      />
      {named ? (
        <Field
          label={t('mailbox-name')}
          hint={t('mailbox-name-hint')}
          value={path}
          problem={problem}
          maxLength={1000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onPick(event.target.value)}
        />
      ) : null}
    </>
  );
}
