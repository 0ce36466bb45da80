import { useState } from 'react';
import { EMPTY_CONTACT } from '../../../common/contact/empty-contact.ts';
import { foldGroup } from '../../../common/contact/list-groups.ts';
import type { Contact } from '../../../common/shapes/contact.ts';
import { useSave } from '../history/use-save.tsx';
import { Button } from '../parts/button.tsx';
import { Check } from '../parts/field.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { shellTexts } from '../text/shell.ts';
import { useCommands } from '../shell/commands.ts';
import { contactTexts } from '../text/contacts.ts';
import { useText } from '../text/text.ts';
import { CardFields } from './card-fields.tsx';
import { bareContact, listMembers, type ListedContact } from './choose-contacts.ts';
import type { AddressBook } from './contacts.ts';
import { changeMembership } from './group/change-groups.ts';
import { useCardEdit } from './use-card-edit.ts';

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
  const before = known === null ? EMPTY_CONTACT : bareContact(known.contact);
  const edit = useCardEdit(before);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        book.groups
          .filter((group) => known !== null && listMembers(book, group.name).has(known.id))
          .map((group) => group.name),
      ),
  );
  const [tried, setTried] = useState(false);
  const { save, busy, problem, dialog } = useSave((item) => {
    // What was made of it; a failure there shows as a notice of its own.
    void changeMembership(book, item.id, chosen).then(() => onDone(item.id));
  });
  useCommands({ back: () => onDone(known?.id ?? null) });
  const collect = (): Contact => ({
    ...edit.card,
    // Categories that are groups follow the ticks; the others stay.
    groups: before.groups.filter((one) => [...chosen].some((kept) => foldGroup(kept) === foldGroup(one))),
    // Who is edited by hand is somebody one knows.
    collected: false,
  });
  return (
    <>
      <form
        className="contact-page"
        noValidate
        data-testid="contact-form"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (edit.nameless) return;
          const item = { part: 'contacts', id: known?.id ?? null, base: known?.revision ?? null } as const;
          void save({ ...item, value: collect() }, known === null ? null : before);
        }}
      >
        <h1>{t(known === null ? 'add' : 'edit-title')}</h1>
        <CardFields
          edit={edit}
          tried={tried}
          wrongAddress={
            problem?.reason === 'contact-address' ? String(problem.params['address'] ?? '') : null
          }
          testId="contact-name"
        >
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
        </CardFields>
        <ProblemBox problem={problem?.reason === 'contact-address' ? null : problem} />
        <footer className="wizard-foot">
          <Button onClick={() => onDone(known?.id ?? null)}>{shell('cancel')}</Button>
          <Button look="main" type="submit" disabled={busy} data-testid="contact-save">
            {t('save')}
          </Button>
        </footer>
      </form>
      {dialog}
    </>
  );
}
