import { useEffect, useState } from 'react';
import type { Template } from '../../../../../common/shapes/template.ts';
import { MarkupField, type Markup } from '../../../identity/markup-field.tsx';
import { VariablesNote } from '../../../identity/variables-note.tsx';
import { Field } from '../../../parts/field.tsx';
import { templateTexts } from '../../../text/templates.ts';
import { useText } from '../../../text/text.ts';
import type { FieldsProps } from './fields.ts';

/** A text that everybody can put into a mail. */
export function TemplateFields({ item, tried, onEntry }: FieldsProps) {
  const t = useText(templateTexts);
  const begin = item?.value as Template | undefined;
  const [name, setName] = useState(begin?.name ?? '');
  const [subject, setSubject] = useState(begin?.subject ?? '');
  const [body, setBody] = useState<Markup>(begin ?? { text: '', html: '' });
  const nameless = name.trim() === '';
  useEffect(() => {
    const value: Template = { name: name.trim(), subject, text: body.text, html: body.html };
    onEntry({ value: nameless ? undefined : value });
  }, [name, subject, body, nameless, onEntry]);
  return (
    <>
      <Field
        label={t('name')}
        value={name}
        maxLength={200}
        autoComplete="off"
        problem={tried && nameless ? t('name-missing') : null}
        data-testid="layer-name"
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
      <details>
        <summary>{t('variables')}</summary>
        <VariablesNote text={`${subject}\n${body.text}`} />
      </details>
    </>
  );
}
