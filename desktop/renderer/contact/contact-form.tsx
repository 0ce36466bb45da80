import { useState } from 'react';
import { foldGroup } from '../../../common/contact/list-groups.ts';
import type { Contact } from '../../../common/shapes/contact.ts';
import { useSave } from '../history/use-save.tsx';
import { Button } from '../parts/button.tsx';
import { TextField } from '../parts/choice-fields.tsx';
import { Check, Field } from '../parts/field.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { shellTexts } from '../text/shell.ts';
import { useCommands } from '../shell/commands.ts';
import { contactTexts } from '../text/contacts.ts';
import { useText } from '../text/text.ts';
import { bareContact, listMembers, type ListedContact } from './choose-contacts.ts';
import { ContactLines, type Line } from './contact-lines.tsx';
import type { AddressBook } from './contacts.ts';
import { changeMembership } from './group/change-groups.ts';

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

/** A card being made or changed; `onDone` gets its id, null where nothing was made. */
export function ContactForm({
  book,
  known: now,
  onDone,
}: {
  book: AddressBook;
  known: ListedContact | null;
  onDone: (id: string | null) => void;
}) {
  const t = useText(contactTexts);
  const shell = useText(shellTexts);
  // As it was when the person began: what another PC changes meanwhile must not be taken for what was seen here.
  const [known] = useState(now);
  const before = known === null ? EMPTY : bareContact(known.contact);
  const [name, setName] = useState(before.name);
  const [organisation, setOrganisation] = useState(before.organisation ?? '');
  const [title, setTitle] = useState(before.title ?? '');
  const [note, setNote] = useState(before.note ?? '');
  const [emails, setEmails] = useState<Line[]>(() =>
    before.emails.map(({ address, kind }) => ({ text: address, kind })),
  );
  const [phones, setPhones] = useState<Line[]>(() =>
    before.phones.map(({ number, kind }) => ({ text: number, kind })),
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        book.groups
          .filter((group) => known !== null && listMembers(book, group.name).has(known.id))
          .map((group) => group.name),
      ),
  );
  const [nameless, setNameless] = useState(false);
  const { save, busy, problem, dialog } = useSave((item) => {
    // What was made of it; a failure there shows as a notice of its own.
    void changeMembership(book, item.id, chosen).then(() => onDone(item.id));
  });
  useCommands({ back: () => onDone(known?.id ?? null) });
  const collect = (): Contact => ({
    ...before,
    name: name.trim(),
    organisation: organisation.trim() || null,
    title: title.trim() || null,
    note: note.trim() === '' ? null : note,
    emails: readLines(emails).map(({ text, kind }) => ({ address: text, kind })),
    phones: readLines(phones).map(({ text, kind }) => ({ number: text, kind })),
    // Categories that are groups follow the ticks; the others stay.
    groups: before.groups.filter((one) => [...chosen].some((kept) => foldGroup(kept) === foldGroup(one))),
    // Who is edited by hand is somebody one knows.
    collected: false,
  });
  return (
    <form
      className="contact-page"
      noValidate
      data-testid="contact-form"
      onSubmit={(event) => {
        event.preventDefault();
        const value = collect();
        const missing = value.name === '' && value.organisation === null && value.emails.length === 0;
        setNameless(missing);
        if (!missing)
          void save(
            { part: 'contacts', id: known?.id ?? null, base: known?.revision ?? null, value },
            known === null ? null : before,
          );
      }}
    >
      <h1>{t(known === null ? 'add' : 'edit-title')}</h1>
      <Field
        label={t('name')}
        value={name}
        maxLength={500}
        autoComplete="off"
        data-testid="contact-name"
        problem={nameless ? t('name-missing') : null}
        onChange={(event) => setName(event.target.value)}
      />
      <ContactLines
        kind="email"
        lines={emails}
        problem={problem?.reason === 'contact-address' ? String(problem.params['address'] ?? '') : null}
        onLines={setEmails}
      />
      <ContactLines kind="phone" lines={phones} problem={null} onLines={setPhones} />
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
      {book.groups.length === 0 ? null : (
        <fieldset className="group">
          <legend>{t('groups')}</legend>
          {book.groups.map((group) => (
            <Check
              key={group.name}
              label={group.name}
              checked={chosen.has(group.name)}
              onPick={(on) => {
                const next = new Set(chosen);
                if (on) next.add(group.name);
                else next.delete(group.name);
                setChosen(next);
              }}
            />
          ))}
        </fieldset>
      )}
      <TextField label={t('note')} value={note} rows={4} maxLength={10_000} onText={setNote} />
      <ProblemBox problem={problem?.reason === 'contact-address' ? null : problem} />
      <footer className="wizard-foot">
        <Button onClick={() => onDone(known?.id ?? null)}>{shell('cancel')}</Button>
        <Button look="main" type="submit" disabled={busy} data-testid="contact-save">
          {t('save')}
        </Button>
      </footer>
      {dialog}
    </form>
  );
}

function readLines(lines: readonly Line[]): Line[] {
  return lines
    .map(({ text, kind }) => ({ text: text.trim(), kind: kind?.trim() || null }))
    .filter(({ text }) => text !== '');
}
