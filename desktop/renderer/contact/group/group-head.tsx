import { useState } from 'react';
import { foldGroup } from '../../../../common/contact/list-groups.ts';
import { beginMail } from '../../composer/begin-mail.ts';
import { formatAddress } from '../../mail/people.ts';
import { Button } from '../../parts/button.tsx';
import { RemoveDialog } from '../../shell/remove-dialog.tsx';
import { contactTexts } from '../../text/contacts.ts';
import { useText } from '../../text/text.ts';
import { removeGroup } from './change-groups.ts';
import type { Choice } from '../choose-contacts.ts';
import type { AddressBook } from '../contacts.ts';
import { GroupDialog } from './group-dialog.tsx';

interface Shown {
  group: AddressBook['groups'][number];
  /** The group itself; null where only cards name it. */
  own: AddressBook['ownGroups'][number] | null;
}

function findShown(book: AddressBook, name: string): Shown | null {
  const group = book.groups.find((one) => foldGroup(one.name) === foldGroup(name));
  if (group === undefined) return null;
  return { group, own: book.ownGroups.find(({ id }) => id === group.id) ?? null };
}

/** What can be done with the group that is shown. */
export function GroupHead({
  book,
  name,
  onChoose,
}: {
  book: AddressBook;
  name: string;
  onChoose: (choice: Choice) => void;
}) {
  const t = useText(contactTexts);
  const [asked, setAsked] = useState<{ to: 'edit' | 'remove'; shown: Shown } | null>(null);
  // What is asked about stays as it was, whatever another PC makes of it meanwhile.
  const shown = asked?.shown ?? findShown(book, name);
  if (shown === null) return null;
  const { group, own } = shown;
  const write = (): void =>
    beginMail({ to: group.people.map(formatAddress), cc: [], bcc: [], subject: '', body: '' });
  return (
    <div className="contacts-group">
      <Button icon="compose" disabled={group.people.length === 0} data-testid="group-write" onClick={write}>
        {t('write-group')}
      </Button>
      <Button look="quiet" data-testid="group-edit" onClick={() => setAsked({ to: 'edit', shown })}>
        {t('edit-group')}
      </Button>
      <Button look="quiet" onClick={() => setAsked({ to: 'remove', shown })}>
        {t('remove-group')}
      </Button>
      {asked?.to === 'edit' ? (
        <GroupDialog
          book={book}
          group={own ?? { id: null, revision: null, name: group.name, members: [] }}
          onSaved={(next) => onChoose({ group: next })}
          onClose={() => setAsked(null)}
        />
      ) : null}
      {asked?.to === 'remove' ? (
        <RemoveDialog
          title={t('remove-title', { name: group.name })}
          text={t('remove-group-text')}
          yes={t('remove-group')}
          done={t('removed', { name: group.name })}
          remove={async () => {
            await removeGroup(book, group.name, own);
            onChoose('all');
          }}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </div>
  );
}
