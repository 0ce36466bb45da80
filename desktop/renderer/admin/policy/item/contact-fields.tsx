import { useEffect, useState } from 'react';
import type { Contact } from '../../../../../common/shapes/contact.ts';
import { ContactLines, type Line } from '../../../contact/contact-lines.tsx';
import { TextField } from '../../../parts/choice-fields.tsx';
import { Field } from '../../../parts/field.tsx';
import { contactTexts } from '../../../text/contacts.ts';
import { useText } from '../../../text/text.ts';
import type { FieldsProps } from './fields.ts';

const EMPTY: Contact = {
  name: '',
  emails: [],
  phones: [],
  organisation: null,
  title: null,
  note: null,
  groups: [],
  vcard: null,
  collected: false,
};

/** A card of the shared address book. */
export function ContactFields({ item, tried, onEntry }: FieldsProps) {
  const t = useText(contactTexts);
  const [begin] = useState<Contact>({ ...EMPTY, ...(item?.value as Contact | undefined) });
  const [name, setName] = useState(begin.name);
  const [organisation, setOrganisation] = useState(begin.organisation ?? '');
  const [title, setTitle] = useState(begin.title ?? '');
  const [note, setNote] = useState(begin.note ?? '');
  const [emails, setEmails] = useState<Line[]>(() =>
    begin.emails.map(({ address, kind }) => ({ text: address, kind })),
  );
  const [phones, setPhones] = useState<Line[]>(() =>
    begin.phones.map(({ number, kind }) => ({ text: number, kind })),
  );
  const bad = readLines(emails).find(({ text }) => !/^[^\s@<>]+@[^\s@<>]+$/.test(text))?.text ?? null;
  const nameless = name.trim() === '' && organisation.trim() === '' && readLines(emails).length === 0;
  useEffect(() => {
    const value: Contact = {
      ...begin,
      name: name.trim(),
      organisation: organisation.trim() || null,
      title: title.trim() || null,
      note: note.trim() === '' ? null : note,
      emails: readLines(emails).map(({ text, kind }) => ({ address: text, kind })),
      phones: readLines(phones).map(({ text, kind }) => ({ number: text, kind })),
    };
    onEntry({ value: nameless || bad !== null ? undefined : value });
  }, [begin, name, organisation, title, note, emails, phones, nameless, bad, onEntry]);
  return (
    <>
      <Field
        label={t('name')}
        value={name}
        maxLength={500}
        autoComplete="off"
        problem={tried && nameless ? t('name-missing') : null}
        data-testid="layer-name"
        onChange={(event) => setName(event.target.value)}
      />
      <ContactLines kind="email" lines={emails} problem={tried ? bad : null} onLines={setEmails} />
      <ContactLines kind="phone" lines={phones} problem={null} onLines={setPhones} />
      <div className="field-row field-row-even">
        <Field
          label={t('organisation')}
          value={organisation}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => setOrganisation(event.target.value)}
        />
        <Field
          label={t('title')}
          value={title}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => setTitle(event.target.value)}
        />
      </div>
      <TextField label={t('note')} value={note} rows={3} maxLength={10_000} onText={setNote} />
    </>
  );
}

function readLines(lines: readonly Line[]): Line[] {
  return lines
    .map(({ text, kind }) => ({ text: text.trim(), kind: kind?.trim() || null }))
    .filter(({ text }) => text !== '');
}
