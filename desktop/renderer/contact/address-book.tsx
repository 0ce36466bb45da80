import { useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Button, IconButton } from '../parts/button.tsx';
import { Blank, Failure, Skeleton } from '../parts/states.tsx';
import { toProblem } from '../session/problem.ts';
import { useCommands } from '../shell/commands.ts';
import { goTo, openBox } from '../shell/route.ts';
import { useLayout } from '../shell/width.ts';
import { contactTexts } from '../text/contacts.ts';
import { useText } from '../text/text.ts';
import { BookNav } from './book-nav.tsx';
import { chooseContacts, keyOfChoice, type Choice, type ListedContact } from './choose-contacts.ts';
import { ContactDetails } from './contact-details.tsx';
import { ContactFiles } from './contact-files.tsx';
import { ContactForm } from './contact-form.tsx';
import { ContactList } from './contact-list.tsx';
import { contactsQuery, type AddressBook as Book } from './contacts.ts';
import { GroupHead } from './group/group-head.tsx';
import { Twins } from './twins.tsx';

export function openContact(item: string | null): void {
  goTo({ view: 'contacts', item });
}

/** The address book: groups, the list, and who is open in it. */
export function AddressBook({ item }: { item: string | null }) {
  const query = useQuery(contactsQuery);
  useCommands({ back: () => (item === null ? openBox('inbox') : openContact(null)) });
  if (query.isError) return <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton rows={8} kind="rows" />;
  return <Shown book={query.data} item={item} />;
}

function Shown({ book, item }: { book: Book; item: string | null }) {
  const t = useText(contactTexts);
  const layout = useLayout();
  const [choice, setChoice] = useState<Choice>('all');
  const [typed, setTyped] = useState('');
  const [editing, setEditing] = useState<string | null>(null);
  const shown = useMemo(() => chooseContacts(book, choice, typed), [book, choice, typed]);
  const open = findListed(book, item);
  const pane = item === 'new' || open !== undefined;
  const close = (): void => {
    setEditing(null);
    openContact(open === undefined ? null : open.id);
  };
  return (
    <div className="settings contacts" data-pane={pane}>
      {layout === 'one' && pane ? null : (
        <BookNav
          book={book}
          choice={choice}
          onChoose={(next) => {
            setChoice(next);
            setTyped('');
            if (layout === 'one') openContact(null);
          }}
        />
      )}
      {layout === 'one' && pane ? null : (
        <section className="contacts-list" aria-label={t('contacts')} data-region="list" tabIndex={-1}>
          <header className="contacts-bar">
            <input
              type="search"
              className="input"
              aria-label={t('find')}
              placeholder={t('find')}
              value={typed}
              data-testid="contact-find"
              onChange={(event) => setTyped(event.target.value)}
            />
            <Button look="main" icon="plus" data-testid="contact-add" onClick={() => openContact('new')}>
              {t('add')}
            </Button>
          </header>
          {typeof choice === 'object' ? (
            <GroupHead book={book} name={choice.group} onChoose={setChoice} />
          ) : null}
          {choice === 'all' && typed === '' ? <Twins book={book} /> : null}
          <ContactList
            key={keyOfChoice(choice)}
            contacts={shown}
            open={item}
            none={typed === '' ? t(choice === 'collected' ? 'none-collected' : 'none') : t('nothing-found')}
            onOpen={(id) => {
              setEditing(null);
              openContact(id);
            }}
          />
          <ContactFiles book={book} />
        </section>
      )}
      <main className="contacts-pane" data-region="main" tabIndex={-1}>
        {layout === 'one' && pane ? (
          <IconButton icon="back" label={t('back')} onClick={() => openContact(null)} />
        ) : null}
        {item === 'new' ? (
          <ContactForm book={book} known={null} onDone={(id) => openContact(id)} />
        ) : open === undefined ? (
          layout === 'one' ? null : (
            <Blank icon="person" text={t('choose')} />
          )
        ) : editing === open.id ? (
          <ContactForm key={open.id} book={book} known={open} onDone={close} />
        ) : (
          <ContactDetails key={open.id} book={book} listed={open} onEdit={() => setEditing(open.id)} />
        )}
      </main>
    </div>
  );
}

function findListed(book: Book, id: string | null): ListedContact | undefined {
  const own = book.contacts.find((one) => one.id === id);
  if (own !== undefined) return { id: own.id, contact: own, revision: own.revision, from: null };
  const shared = book.shared.find((one) => one.id === id);
  if (shared === undefined) return undefined;
  return { id: shared.id, contact: shared.value, revision: null, from: shared.layer };
}
