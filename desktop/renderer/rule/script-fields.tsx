import type { ComponentProps } from 'react';
import { makeSieveError } from '../../../common/sieve/problem.ts';
import { Segments, TextField } from '../parts/choice-fields.tsx';
import { toProblem } from '../session/problem.ts';
import { useDescribe } from '../shell/explain.ts';
import { ruleTexts } from '../text/rules.ts';
import { useText } from '../text/text.ts';
import { FormFields } from './form-fields.tsx';
import type { DraftProblems } from './rule-draft.ts';
import type { ScriptEdit } from './use-script-edit.ts';

/** What a rule does, as a form or as Sieve. `problems`: those of the form that are said; `demanded`: so is an empty text; `rows` of it. */
export function ScriptFields({
  edit,
  problems,
  demanded,
  rows,
  ...others
}: { edit: ScriptEdit; problems: DraftProblems; demanded: boolean; rows: number } & Pick<
  ComponentProps<typeof FormFields>,
  'Mailbox' | 'tests'
>) {
  const t = useText(ruleTexts);
  const describe = useDescribe();
  const { asText, fault, text } = edit;
  const isMissing = demanded && text.trim() === '';
  return (
    <>
      <Segments
        label={t('source')}
        value={asText ? 'text' : 'form'}
        choices={[
          { value: 'form', label: t('as-form'), disabled: !edit.hasForm },
          { value: 'text', label: t('as-sieve') },
        ]}
        onPick={(value) => edit.switchTo(value === 'text' ? 'text' : 'form')}
      />
      {asText ? (
        <TextField
          code
          label={t('as-sieve')}
          value={text}
          rows={rows}
          maxLength={64 * 1024}
          hint={edit.hasForm || fault !== undefined ? t('source-hint') : t('no-form')}
          problem={
            fault === undefined
              ? isMissing
                ? t('script-missing')
                : null
              : t('source-line', {
                  line: fault.line,
                  column: fault.column,
                  problem: describe(toProblem(makeSieveError(fault))).message,
                })
          }
          onText={edit.setText}
        />
      ) : (
        <FormFields draft={edit.draft} problems={problems} onDraft={edit.setDraft} {...others} />
      )}
    </>
  );
}
