import { useState } from 'react';
import type { Rule } from '../../../common/shapes/rule.ts';
import { useSave } from '../history/use-save.tsx';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { profileStore, type WithId } from '../profile/profile-store.ts';
import { useCommands } from '../shell/commands.ts';
import { tell } from '../shell/notices.ts';
import { openSettings } from '../shell/route.ts';
import { ruleTexts } from '../text/rules.ts';
import { say, useText } from '../text/text.ts';
import { shellTexts } from '../text/shell.ts';
import { placeLast } from './order-rules.ts';
import { ScriptFields } from './script-fields.tsx';
import { TryRule } from './try-rule.tsx';
import { useScriptEdit, type ScriptEdit } from './use-script-edit.ts';

/** A rule being made or changed, as a form or as Sieve. */
export function RulePage({ rule }: { rule: WithId<Rule> | null }) {
  const t = useText(ruleTexts);
  const shell = useText(shellTexts);
  // As it was when the person began.
  const [known] = useState(() => (rule === null ? null : beginWith(rule)));
  const [name, setName] = useState(known?.value.name ?? '');
  const edit = useScriptEdit(known?.value.script ?? null);
  /** What was wrong when it was last tried, by its key; null: it was not, in this form. */
  const [told, setTold] = useState<ReadonlySet<string> | null>(null);
  const [nameDemanded, setNameDemanded] = useState(false);
  const { save, busy, problem, dialog } = useSave(({ value }) => {
    const saved = (value as Rule | null)?.name ?? name.trim();
    tell({ kind: 'done', text: say(ruleTexts, 'saved', { rule: saved }), action: null, lasts: 4000 });
    openSettings('rules');
  });
  useCommands({ back: () => openSettings('rules') });
  const nameless = name.trim() === '';
  /** The script as it stands; null, with what is wrong on the screen, when it cannot be saved. */
  const readScript = (): string | null => {
    setTold(new Set(edit.problems.keys()));
    return edit.script;
  };
  const switchTo: ScriptEdit['switchTo'] = (as) => {
    setTold(null);
    edit.switchTo(as);
  };
  const submit = async (): Promise<void> => {
    const script = readScript();
    setNameDemanded(true);
    if (script === null || nameless) return;
    const { enabled, position } = known?.value ?? {
      enabled: true,
      position: placeLast(profileStore.get().rules),
    };
    const value: Rule = { name: name.trim(), enabled, position, script };
    await save(
      { part: 'rules', id: known?.id ?? null, base: known?.revision ?? null, value },
      known?.value ?? null,
    );
  };
  return (
    <>
      <form
        className="settings-page"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h1>{t(rule === null ? 'add' : 'edit-title')}</h1>
        <Field
          label={t('name')}
          value={name}
          maxLength={200}
          autoComplete="off"
          problem={nameDemanded && nameless ? t('name-missing') : null}
          data-testid="rule-name"
          onChange={(event) => setName(event.target.value)}
        />
        <ScriptFields
          edit={{ ...edit, switchTo }}
          problems={new Map([...edit.problems].filter(([key]) => told?.has(key)))}
          demanded={told !== null}
          rows={14}
        />
        <TryRule readScript={readScript} />
        <ProblemBox problem={problem} />
        <footer className="wizard-foot">
          <Button onClick={() => openSettings('rules')}>{shell('cancel')}</Button>
          <Button look="main" type="submit" disabled={busy} data-testid="rule-save">
            {t('save')}
          </Button>
        </footer>
      </form>
      {dialog}
    </>
  );
}

/** The rule, and the revision that its fields are of. */
function beginWith({ id, name, enabled, position, script }: WithId<Rule>): {
  id: string;
  revision: number | null;
  value: Rule;
} {
  const revision = profileStore.get().revisions.get(`rules/${id}`) ?? null;
  return { id, revision, value: { name, enabled, position, script } };
}
