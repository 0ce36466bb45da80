import type { ReactNode } from 'react';
import { TextField } from '../parts/choice-fields.tsx';
import { Field } from '../parts/field.tsx';
import { contactTexts } from '../text/contacts.ts';
import { useText } from '../text/text.ts';
import { ContactLines } from './contact-lines.tsx';
import type { CardEdit } from './use-card-edit.ts';

/** The fields of a card; `children` stand before the note. `wrongAddress`: the one that is not right. */
export function CardFields({
  edit: { fields, change, nameless },
  tried,
  wrongAddress,
  testId,
  children = null,
}: {
  edit: CardEdit;
  /** What is missing is said. */
  tried: boolean;
  wrongAddress: string | null;
  /** Of the name. */
  testId: string;
  children?: ReactNode;
}) {
  const t = useText(contactTexts);
  return (
    <>
      <Field
        label={t('name')}
        value={fields.name}
        maxLength={500}
        autoComplete="off"
        problem={tried && nameless ? t('name-missing') : null}
        data-testid={testId}
        onChange={(event) => change({ name: event.target.value })}
      />
      <ContactLines
        kind="email"
        lines={fields.emails}
        problem={wrongAddress}
        onLines={(emails) => change({ emails })}
      />
      <ContactLines
        kind="phone"
        lines={fields.phones}
        problem={null}
        onLines={(phones) => change({ phones })}
      />
      <div className="field-row field-row-even">
        <Field
          label={t('organisation')}
          value={fields.organisation}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => change({ organisation: event.target.value })}
        />
        <Field
          label={t('title')}
          value={fields.title}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => change({ title: event.target.value })}
        />
      </div>
      {children}
      <TextField
        label={t('note')}
        value={fields.note}
        rows={4}
        maxLength={10_000}
        onText={(note) => change({ note })}
      />
    </>
  );
}
