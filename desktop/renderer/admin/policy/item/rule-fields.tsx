import { useEffect, useState } from 'react';
import type { Rule } from '../../../../../common/shapes/rule.ts';
import { Check, Field } from '../../../parts/field.tsx';
import { TESTS } from '../../../rule/condition-row.tsx';
import type { DraftProblems } from '../../../rule/rule-draft.ts';
import { ScriptFields } from '../../../rule/script-fields.tsx';
import { useScriptEdit } from '../../../rule/use-script-edit.ts';
import { ruleTexts } from '../../../text/rules.ts';
import { useText } from '../../../text/text.ts';
import { adminPolicyTexts } from '../../../text/admin-policy.ts';
import type { FieldsProps } from './fields.ts';
import { GivenMailbox } from './given-mailbox.tsx';

/** Which accounts others have is not known here. */
const TESTS_FOR_OTHERS = TESTS.filter((one) => one !== 'account');

const NONE: DraftProblems = new Map();

/** A rule for the mail of everybody, as a form or as Sieve. */
export function RuleFields({ item, items, tried, onEntry }: FieldsProps) {
  const t = useText(ruleTexts);
  const policy = useText(adminPolicyTexts);
  const begin = item?.value as Rule | undefined;
  const [name, setName] = useState(begin?.name ?? '');
  const [enabled, setEnabled] = useState(begin?.enabled ?? true);
  const edit = useScriptEdit(begin?.script ?? null);
  const { script } = edit;
  const nameless = name.trim() === '';
  const position = begin?.position ?? findLast(items) + 1;
  useEffect(() => {
    const value: Rule | undefined =
      nameless || script === null ? undefined : { name: name.trim(), enabled, position, script };
    onEntry({ value });
  }, [name, enabled, position, script, nameless, onEntry]);
  return (
    <>
      <p className="card-note">{policy('rule-note')}</p>
      <Field
        label={t('name')}
        value={name}
        maxLength={200}
        autoComplete="off"
        problem={tried && nameless ? t('name-missing') : null}
        data-testid="layer-name"
        onChange={(event) => setName(event.target.value)}
      />
      <Check label={policy('rule-on')} checked={enabled} onPick={setEnabled} />
      <ScriptFields
        edit={edit}
        problems={tried ? edit.problems : NONE}
        demanded={tried}
        rows={10}
        Mailbox={GivenMailbox}
        tests={TESTS_FOR_OTHERS}
      />
    </>
  );
}

function findLast(items: FieldsProps['items']): number {
  const places = items.filter(({ part }) => part === 'rules').map(({ value }) => (value as Rule).position);
  return Math.max(0, ...places);
}
