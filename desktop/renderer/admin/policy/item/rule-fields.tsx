import { useEffect, useState } from 'react';
import type { Rule } from '../../../../../common/shapes/rule.ts';
import { checkScript } from '../../../../../common/sieve/check-script.ts';
import { readForm } from '../../../../../common/sieve/form/read-form.ts';
import { writeForm } from '../../../../../common/sieve/form/write-form.ts';
import { makeSieveError } from '../../../../../common/sieve/problem.ts';
import { Segments, TextField } from '../../../parts/choice-fields.tsx';
import { Check, Field } from '../../../parts/field.tsx';
import { TESTS } from '../../../rule/condition-row.tsx';
import { FormFields } from '../../../rule/form-fields.tsx';
import { makeDraft, readDraft } from '../../../rule/rule-draft.ts';
import { toProblem } from '../../../session/problem.ts';
import { useDescribe } from '../../../shell/explain.ts';
import { ruleTexts } from '../../../text/rules.ts';
import { useText } from '../../../text/text.ts';
import { adminPolicyTexts } from '../../../text/admin-policy.ts';
import type { FieldsProps } from './fields.ts';
import { GivenMailbox } from './given-mailbox.tsx';

/** Which accounts others have is not known here. */
const TESTS_FOR_OTHERS = TESTS.filter((one) => one !== 'account');
const NONE = new Map();

/** A rule for the mail of everybody, as a form or as Sieve. */
export function RuleFields({ item, items, tried, onEntry }: FieldsProps) {
  const t = useText(ruleTexts);
  const policy = useText(adminPolicyTexts);
  const describe = useDescribe();
  const begin = item?.value as Rule | undefined;
  const known = begin === undefined ? null : readForm(begin.script);
  const [name, setName] = useState(begin?.name ?? '');
  const [enabled, setEnabled] = useState(begin?.enabled ?? true);
  const [draft, setDraft] = useState(() => makeDraft(known));
  const [script, setScript] = useState(begin?.script ?? '');
  const [asText, setAsText] = useState(begin !== undefined && known === null);
  const read = readDraft(draft);
  const fault = asText && script.trim() !== '' ? checkScript(script)[0] : undefined;
  const formOfText = asText ? readForm(script) : null;
  const written = asText
    ? fault === undefined && script.trim() !== ''
      ? script
      : null
    : read.form === null
      ? null
      : writeForm(read.form);
  const nameless = name.trim() === '';
  const position = begin?.position ?? findLast(items) + 1;
  useEffect(() => {
    const value: Rule | undefined =
      nameless || written === null ? undefined : { name: name.trim(), enabled, position, script: written };
    onEntry({ value });
  }, [name, enabled, position, written, nameless, onEntry]);
  const switchTo = (to: string): void => {
    if (to === 'text' && !asText) {
      if (read.form !== null) setScript(writeForm(read.form));
      setAsText(true);
    }
    if (to === 'form' && asText && (formOfText !== null || script.trim() === '')) {
      setDraft(makeDraft(formOfText));
      setAsText(false);
    }
  };
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
      <Segments
        label={t('source')}
        value={asText ? 'text' : 'form'}
        choices={[
          {
            value: 'form',
            label: t('as-form'),
            disabled: asText && formOfText === null && script.trim() !== '',
          },
          { value: 'text', label: t('as-sieve') },
        ]}
        onPick={switchTo}
      />
      {asText ? (
        <TextField
          code
          label={t('as-sieve')}
          value={script}
          rows={10}
          maxLength={64 * 1024}
          hint={t('source-hint')}
          problem={
            fault === undefined
              ? tried && script.trim() === ''
                ? policy('fill-in')
                : null
              : t('source-line', {
                  line: fault.line,
                  column: fault.column,
                  problem: describe(toProblem(makeSieveError(fault))).message,
                })
          }
          onText={setScript}
        />
      ) : (
        <FormFields
          draft={draft}
          problems={tried ? read.problems : NONE}
          onDraft={setDraft}
          Mailbox={GivenMailbox}
          tests={TESTS_FOR_OTHERS}
        />
      )}
    </>
  );
}

function findLast(items: FieldsProps['items']): number {
  const places = items.filter(({ part }) => part === 'rules').map(({ value }) => (value as Rule).position);
  return Math.max(0, ...places);
}
