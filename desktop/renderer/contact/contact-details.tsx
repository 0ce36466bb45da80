import { useState } from 'react';
import { beginMail } from '../composer/begin-mail.ts';
import { colourOfAddress } from '../mail/colours.ts';
import { formatAddress, initialsOf } from '../mail/people.ts';
import { Button } from '../parts/button.tsx';
import { saveItem } from '../profile/save-item.ts';
import { toProblem } from '../session/problem.ts';
import { useCommands } from '../shell/commands.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { RemoveDialog } from '../shell/remove-dialog.tsx';
import { goTo } from '../shell/route.ts';
import { contactTexts } from '../text/contacts.ts';
import { say, useText } from '../text/text.ts';
import { bareContact, listMembers, type ListedContact } from './choose-contacts.ts';
import { nameOfContact, type AddressBook } from './contacts.ts';

/** A card and what can be done with it. */
export function ContactDetails({
  book,
  listed,
  onEdit,
}: {
  book: AddressBook;
  listed: ListedContact;
  onEdit: () => void;
}) {
  const t = useText(contactTexts);
  const [removing, setRemoving] = useState(false);
  const { id, contact, revision, from } = listed;
  const name = nameOfContact(contact);
  const [first] = contact.emails;
  const write = (address: string): void =>
    beginMail({
      to: [name === address ? address : formatAddress({ name, address })],
      cc: [],
      bcc: [],
      subject: '',
      body: '',
    });
  useCommands(first === undefined ? {} : { compose: () => write(first.address) });
  const groups = from === null ? book.groups.filter((one) => listMembers(book, one.name).has(id)) : [];
  const keep = async (): Promise<void> => {
    try {
      const value = { ...bareContact(contact), collected: false };
      await saveItem({ part: 'contacts', id, base: revision, value });
      tell({ kind: 'done', text: say(contactTexts, 'kept', { name }), action: null, lasts: 4000 });
    } catch (error) {
      tellProblem(toProblem(error));
    }
  };
  const copy = async (): Promise<void> => {
    try {
      const { item } = await saveItem({
        part: 'contacts',
        id: null,
        base: null,
        value: bareContact(contact),
      });
      tell({ kind: 'done', text: say(contactTexts, 'kept', { name }), action: null, lasts: 4000 });
      goTo({ view: 'contacts', item: item.id });
    } catch (error) {
      tellProblem(toProblem(error));
    }
  };
  return (
    <article className="contact-page" aria-label={name} data-testid="contact-details">
      <header className="contact-top">
        <span
          className={`avatar avatar-large hue-${colourOfAddress(first?.address ?? name)}`}
          aria-hidden="true"
        >
          {initialsOf({ name, address: first?.address ?? '' })}
        </span>
        <div className="card-title">
          <h1>{name}</h1>
          <p className="card-note">
            {[contact.title, contact.organisation === name ? null : contact.organisation]
              .filter(Boolean)
              .join(', ')}
          </p>
        </div>
      </header>
      {from === null ? null : (
        <p className="note" data-testid="shared-note">
          {from.of === 'group' && from.name !== null
            ? t('shared-group', { group: from.name })
            : t('shared-organisation')}
        </p>
      )}
      {contact.collected ? <p className="note">{t('collected-note')}</p> : null}
      <div className="card-actions">
        {first === undefined ? null : (
          <Button look="main" icon="compose" data-testid="contact-write" onClick={() => write(first.address)}>
            {t('write')}
          </Button>
        )}
        {contact.collected ? (
          <Button data-testid="contact-keep" onClick={() => void keep()}>
            {t('keep')}
          </Button>
        ) : null}
        {from === null ? (
          <>
            <Button data-testid="contact-edit" onClick={onEdit}>
              {t('edit')}
            </Button>
            <Button look="quiet" data-testid="contact-remove" onClick={() => setRemoving(true)}>
              {t('remove')}
            </Button>
          </>
        ) : (
          <Button onClick={() => void copy()}>{t('copy')}</Button>
        )}
      </div>
      <dl className="contact-fields">
        {contact.emails.map(({ address, kind }) => (
          <div key={address}>
            <dt>{kind ?? t('email')}</dt>
            <dd>
              <button type="button" className="link-button" onClick={() => write(address)}>
                {address}
              </button>
            </dd>
          </div>
        ))}
        {contact.phones.map(({ number, kind }) => (
          <div key={number}>
            <dt>{kind ?? t('phone')}</dt>
            <dd>{number}</dd>
          </div>
        ))}
        {groups.length === 0 ? null : (
          <div>
            <dt>{t('groups')}</dt>
            <dd>{groups.map((one) => one.name).join(', ')}</dd>
          </div>
        )}
        {contact.note === null || contact.note === '' ? null : (
          <div>
            <dt>{t('note')}</dt>
            <dd className="contact-text">{contact.note}</dd>
          </div>
        )}
      </dl>
      {removing ? (
        <RemoveDialog
          title={t('remove-title', { name })}
          text={t('remove-text')}
          yes={t('remove')}
          done={t('removed', { name })}
          testId="contact-remove-yes"
          remove={async () => {
            await saveItem({ part: 'contacts', id, base: revision, value: null });
            goTo({ view: 'contacts', item: null });
          }}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </article>
  );
}
