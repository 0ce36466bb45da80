import { useState } from 'react';
import type { Template } from '../../../common/shapes/template.ts';
import { useSave } from '../history/use-save.tsx';
import { LayerNote } from '../identity/layer-note.tsx';
import { MarkupField, type Markup } from '../identity/markup-field.tsx';
import { VariablesNote } from '../identity/variables-note.tsx';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { ProblemBox } from '../parts/states.tsx';
import type { KnownItem } from '../profile/part-query.ts';
import { useCommands } from '../shell/commands.ts';
import { tell } from '../shell/notices.ts';
import { openSettings } from '../shell/route.ts';
import { shellTexts } from '../text/shell.ts';
import { templateTexts } from '../text/templates.ts';
import { say, useText } from '../text/text.ts';

/** A template being made or changed. */
export function TemplatePage({ known: now }: { known: KnownItem<Template> | null }) {
  const t = useText(templateTexts);
  const shell = useText(shellTexts);
  // As it was when the person began.
  const [known] = useState(now);
  const [name, setName] = useState(known?.value.name ?? '');
  const [subject, setSubject] = useState(known?.value.subject ?? '');
  const [body, setBody] = useState<Markup>(known?.value ?? { text: '', html: '' });
  const [nameless, setNameless] = useState(false);
  const locked = known !== null && known.layer !== null && known.layer.locked !== null;
  const { save, busy, problem, dialog } = useSave(() => {
    tell({ kind: 'done', text: say(templateTexts, 'saved', { name }), action: null, lasts: 4000 });
    openSettings('templates');
  });
  useCommands({ back: () => openSettings('templates') });
  const nameTaken = problem?.code === 'name-taken';
  return (
    <>
      <form
        className="settings-page"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setNameless(name.trim() === '');
          if (name.trim() === '') return;
          const value: Template = { name: name.trim(), subject, text: body.text, html: body.html };
          void save(
            { part: 'templates', id: known?.id ?? null, base: known?.revision ?? null, value },
            known?.value ?? null,
          );
        }}
      >
        <h1>{t(known === null ? 'add' : 'edit-title')}</h1>
        {known === null ? null : <LayerNote layer={known.layer} />}
        <fieldset className="plain-fields" disabled={locked}>
          <Field
            label={t('name')}
            value={name}
            maxLength={200}
            autoComplete="off"
            data-testid="template-name"
            problem={nameless ? t('name-missing') : nameTaken ? t('name-taken') : null}
            onChange={(event) => setName(event.target.value)}
          />
          <Field
            label={t('subject')}
            value={subject}
            maxLength={500}
            autoComplete="off"
            hint={t('subject-hint')}
            onChange={(event) => setSubject(event.target.value)}
          />
          <MarkupField label={t('text')} place="" value={body} hint={t('text-hint')} onMarkup={setBody} />
        </fieldset>
        <details>
          <summary>{t('variables')}</summary>
          <VariablesNote text={`${subject}\n${body.text}`} />
        </details>
        <ProblemBox problem={nameTaken ? null : problem} />
        <footer className="wizard-foot">
          <Button onClick={() => openSettings('templates')}>{shell('cancel')}</Button>
          <Button look="main" type="submit" disabled={busy || locked} data-testid="template-save">
            {t('save')}
          </Button>
        </footer>
      </form>
      {dialog}
    </>
  );
}
