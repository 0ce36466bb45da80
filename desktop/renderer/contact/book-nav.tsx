import { useState } from 'react';
import { foldGroup } from '../../../common/contact/list-groups.ts';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon-names.ts';
import { openBox } from '../shell/route.ts';
import { contactTexts } from '../text/contacts.ts';
import { useText } from '../text/text.ts';
import { keyOfChoice, listMembers, type Choice } from './choose-contacts.ts';
import type { AddressBook } from './contacts.ts';
import { GroupDialog } from './group/group-dialog.tsx';

/** The parts of the address book, with how many stand in each. */
export function BookNav({
  book,
  choice,
  onChoose,
}: {
  book: AddressBook;
  choice: Choice;
  onChoose: (choice: Choice) => void;
}) {
  const t = useText(contactTexts);
  const [adding, setAdding] = useState(false);
  const collected = book.contacts.filter((one) => one.collected).length;
  const entries: { choice: Choice; icon: IconName; label: string; count: number }[] = [
    { choice: 'all', icon: 'person', label: t('all'), count: book.contacts.length - collected },
    { choice: 'collected', icon: 'clock', label: t('collected'), count: collected },
  ];
  if (book.shared.length > 0) {
    entries.push({ choice: 'shared', icon: 'globe', label: t('shared'), count: book.shared.length });
  }
  for (const { name } of book.groups) {
    const count = listMembers(book, name).size + countStrangers(book, name);
    entries.push({ choice: { group: name }, icon: 'label', label: name, count });
  }
  return (
    <nav className="settings-nav" aria-label={t('book')} data-region="navigation">
      <a
        className="nav-link"
        href="#/inbox"
        onClick={(event) => {
          event.preventDefault();
          openBox('inbox');
        }}
      >
        <Icon name="back" />
        <span className="nav-name">{t('back-to-mail')}</span>
      </a>
      <ul className="nav-list">
        {entries.map((entry) => (
          <li key={keyOfChoice(entry.choice)}>
            <button
              type="button"
              className="nav-link"
              aria-current={keyOfChoice(entry.choice) === keyOfChoice(choice) ? 'page' : undefined}
              data-testid="book-part"
              onClick={() => onChoose(entry.choice)}
            >
              <Icon name={entry.icon} />
              <span className="nav-name">{entry.label}</span>
              <span className="nav-count">{entry.count}</span>
            </button>
          </li>
        ))}
        <li>
          <button type="button" className="nav-link" data-testid="group-add" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            <span className="nav-name">{t('add-group')}</span>
          </button>
        </li>
      </ul>
      {adding ? (
        <GroupDialog
          book={book}
          group={null}
          onSaved={(name) => onChoose({ group: name })}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </nav>
  );
}

/** Members of a group that have no card. */
function countStrangers(book: AddressBook, name: string): number {
  const group = book.ownGroups.find((one) => foldGroup(one.name) === foldGroup(name));
  return (group?.members ?? []).filter(({ contact }) => contact === null).length;
}
