import { useState } from 'react';
import type { Rule } from '../../../common/shapes/rule.ts';
import { checkScript } from '../../../common/sieve/check-script.ts';
import { readForm } from '../../../common/sieve/form/read-form.ts';
import { writeForm } from '../../../common/sieve/form/write-form.ts';
import { makeSieveError } from '../../../common/sieve/problem.ts';
import { Button } from '../parts/button.tsx';
import { Segments, TextField } from '../parts/choice-fields.tsx';
import { Field } from '../parts/field.tsx';
import { changeItem } from '../profile/change-item.ts';
import { profileStore, type WithId } from '../profile/profile-store.ts';
import { toProblem } from '../session/problem.ts';
import { useCommands } from '../shell/commands.ts';
import { useDescribe } from '../shell/explain.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { openSettings } from '../shell/route.ts';
import { ruleTexts } from '../text/rules.ts';
import { say, useText } from '../text/text.ts';
import { shellTexts } from '../text/shell.ts';
import { FormFields } from './form-fields.tsx';
import { placeLast } from './order-rules.ts';
import { makeDraft, readDraft, type DraftProblems } from './rule-draft.ts';
import { TryRule } from './try-rule.tsx';

const NONE: DraftProblems = new Map();

/** A rule being made or changed, as a form or as Sieve. */
export function RulePage({ rule }: { rule: WithId<Rule> | null }) {
  const t = useText(ruleTexts);
  const shell = useText(shellTexts);
  const describe = useDescribe();
  const known = rule === null ? null : readForm(rule.script);
  const [name, setName] = useState(rule?.name ?? '');
  const [draft, setDraft] = useState(() => makeDraft(known));
  const [script, setScript] = useState(rule?.script ?? '');
  const [asText, setAsText] = useState(rule !== null && known === null);
  const [problems, setProblems] = useState(NONE);
  const [nameMissing, setNameMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  useCommands({ back: () => openSettings('rules') });
  // The first one is enough: what follows is often its consequence.
  const fault = asText && script.trim() !== '' ? checkScript(script)[0] : undefined;
  const formOfText = asText ? readForm(script) : null;

  /** The script as it stands; null, with what is wrong on the screen, when it cannot be saved. */
  const readScript = (): string | null => {
    if (asText) return fault !== undefined || script.trim() === '' ? null : script;
    const read = readDraft(draft);
    setProblems(read.problems);
    return read.form === null ? null : writeForm(read.form);
  };
  const switchTo = (value: string): void => {
    if (value === 'text' && !asText) {
      const written = readDraft(draft).form;
      if (written !== null) setScript(writeForm(written));
      setAsText(true);
    }
    if (value === 'form' && asText && (formOfText !== null || script.trim() === '')) {
      setDraft(makeDraft(formOfText));
      setProblems(NONE);
      setAsText(false);
    }
  };
  const save = async (): Promise<void> => {
    const written = readScript();
    setNameMissing(name.trim() === '');
    if (written === null || name.trim() === '') return;
    setBusy(true);
    try {
      const position = rule?.position ?? placeLast(profileStore.get().rules);
      await changeItem('rules', rule?.id ?? null, {
        name: name.trim(),
        enabled: rule?.enabled ?? true,
        position,
        script: written,
      });
      tell({ kind: 'done', text: say(ruleTexts, 'saved', { rule: name.trim() }), action: null, lasts: 4000 });
      openSettings('rules');
    } catch (error) {
      tellProblem(toProblem(error));
      setBusy(false);
    }
  };
  return (
    <form
      className="settings-page"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h1>{t(rule === null ? 'add' : 'edit-title')}</h1>
      <Field
        label={t('name')}
        value={name}
        maxLength={200}
        autoComplete="off"
        problem={nameMissing ? t('name-missing') : null}
        data-testid="rule-name"
        onChange={(event) => setName(event.target.value)}
      />
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
          rows={14}
          maxLength={64 * 1024}
          hint={
            formOfText === null && script.trim() !== '' && fault === undefined
              ? t('no-form')
              : t('source-hint')
          }
          problem={
            fault === undefined
              ? null
              : t('source-line', {
                  line: fault.line,
                  column: fault.column,
                  problem: describe(toProblem(makeSieveError(fault))).message,
                })
          }
          onText={setScript}
        />
      ) : (
        <FormFields draft={draft} problems={problems} onDraft={setDraft} />
      )}
      <TryRule readScript={readScript} />
      <footer className="wizard-foot">
        <Button onClick={() => openSettings('rules')}>{shell('cancel')}</Button>
        <Button look="main" type="submit" disabled={busy} data-testid="rule-save">
          {t('save')}
        </Button>
      </footer>
    </form>
  );
}
