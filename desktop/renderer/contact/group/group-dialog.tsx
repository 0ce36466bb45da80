import { useState } from 'react';
import { isMailAddress } from '../../../../common/compose/check-address.ts';
import type { GroupMember } from '../../../../common/shapes/contact-group.ts';
import { useSave } from '../../history/use-save.tsx';
import { IconButton } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { contactTexts } from '../../text/contacts.ts';
import { useText } from '../../text/text.ts';
import { chooseContacts } from '../choose-contacts.ts';
import { nameOfContact, type AddressBook } from '../contacts.ts';

/** Cards that are offered for what is typed. */
const MOST = 6;

/** Name and members of a group; `group` null makes one, its id null makes one of a category. */
export function GroupDialog({
  book,
  group: now,
  onSaved,
  onClose,
}: {
  book: AddressBook;
  group: { id: string | null; revision: number | null; name: string; members: readonly GroupMember[] } | null;
  onSaved: (name: string) => void;
  onClose: () => void;
}) {
  const t = useText(contactTexts);
  // As it was when the person began.
  const [group] = useState(now);
  const [name, setName] = useState(group?.name ?? '');
  const [members, setMembers] = useState<readonly GroupMember[]>(group?.members ?? []);
  const [typed, setTyped] = useState('');
  const [nameless, setNameless] = useState(false);
  const { save, busy, problem, dialog } = useSave((item) => {
    onSaved((item.value as { name?: string } | null)?.name ?? name);
    onClose();
  });
  const inIt = new Set(members.map(({ contact }) => contact));
  const offered =
    typed.trim() === ''
      ? []
      : [...chooseContacts(book, 'all', typed)]
          .filter(({ id, contact }) => !inIt.has(id) && contact.emails.length > 0)
          .slice(0, MOST);
  const add = (member: GroupMember): void => {
    setMembers([...members, member]);
    setTyped('');
  };
  const nameMember = ({ contact: id, address }: GroupMember): string => {
    const contact = book.contacts.find((one) => one.id === id);
    if (contact === undefined) return address ?? t('gone');
    return `${nameOfContact(contact)} · ${address ?? contact.emails[0]?.address ?? ''}`;
  };
  return (
    <>
      <FormDialog
        title={group === null ? t('add-group') : t('edit-group')}
        yes={t('save')}
        testId="group-save"
        busy={busy}
        problem={problem?.code === 'name-taken' ? null : problem}
        onSubmit={() => {
          setNameless(name.trim() === '');
          if (name.trim() === '') return;
          const value = { name: name.trim(), members: [...members] };
          const before = group === null ? null : { name: group.name, members: [...group.members] };
          void save({ part: 'groups', id: group?.id ?? null, base: group?.revision ?? null, value }, before);
        }}
        onClose={onClose}
      >
        <Field
          label={t('group-name')}
          value={name}
          maxLength={200}
          autoComplete="off"
          hint={t('group-hint')}
          problem={nameless ? t('group-nameless') : problem?.code === 'name-taken' ? t('group-taken') : null}
          data-testid="group-name"
          onChange={(event) => setName(event.target.value)}
        />
        {members.length === 0 ? null : (
          <ul className="pick-list" aria-label={t('members')}>
            {members.map((member, at) => (
              <li key={`${member.contact} ${member.address}`} className="contact-member">
                <span>{nameMember(member)}</span>
                <IconButton
                  icon="close"
                  label={t('remove-line', { text: nameMember(member) })}
                  onClick={() => setMembers(members.filter((_, index) => index !== at))}
                />
              </li>
            ))}
          </ul>
        )}
        <Field
          label={t('add-member')}
          value={typed}
          autoComplete="off"
          hint={t('add-member-hint')}
          data-testid="group-member"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || typed.trim() === '') return;
            event.preventDefault();
            const [first] = offered;
            if (isMailAddress(typed.trim())) add({ contact: null, address: typed.trim() });
            else if (first !== undefined) add({ contact: first.id, address: null });
          }}
        />
        {offered.length === 0 ? null : (
          <ul className="pick-list">
            {offered.map(({ id, contact }) => (
              <li key={id}>
                <button
                  type="button"
                  className="menu-item"
                  onClick={() => add({ contact: id, address: null })}
                >
                  {nameOfContact(contact)} · {contact.emails[0]?.address}
                </button>
              </li>
            ))}
          </ul>
        )}
      </FormDialog>
      {dialog}
    </>
  );
}
