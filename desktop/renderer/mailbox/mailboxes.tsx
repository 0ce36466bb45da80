import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Mailbox } from '../../../common/shapes/mailbox.ts';
import { mailboxesQuery } from '../mail/cache/mail-cache.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { useCommands } from '../shell/commands.ts';
import { openBox } from '../shell/route.ts';
import { mailTexts } from '../text/mail.ts';
import { mailboxTexts } from '../text/mailboxes.ts';
import { useText } from '../text/text.ts';
import { EmptyAfter } from './empty-after.tsx';
import { Labels } from './labels.tsx';
import { MailboxDialog, type MailboxEdit } from './mailbox-dialog.tsx';
import { RemoveMailbox } from './remove-mailbox.tsx';

/** The tree of mailboxes, when Trash and Junk are emptied, and the labels. */
export function Mailboxes() {
  const t = useText(mailboxTexts);
  const { data } = useQuery(mailboxesQuery);
  const [editing, setEditing] = useState<MailboxEdit | null>(null);
  const [removing, setRemoving] = useState<Mailbox | null>(null);
  useCommands({ back: () => openBox('inbox') });
  const mailboxes = data ?? [];
  return (
    <div className="settings-page">
      <header className="settings-head">
        <h1>{t('mailboxes')}</h1>
        <Button
          look="main"
          icon="plus"
          data-testid="mailbox-add"
          onClick={() => setEditing({ mailbox: null, parent: null })}
        >
          {t('add')}
        </Button>
      </header>
      <p className="settings-lead">{t('lead')}</p>
      <ul className="tree">
        {mailboxes.map((mailbox) => (
          <MailboxLine
            key={mailbox.id}
            mailbox={mailbox}
            hasChildren={mailboxes.some(({ parent }) => parent === mailbox.id)}
            onEdit={setEditing}
            onRemove={() => setRemoving(mailbox)}
          />
        ))}
      </ul>
      <EmptyAfter />
      <Labels />
      {editing === null ? null : (
        <MailboxDialog edit={editing} mailboxes={mailboxes} onClose={() => setEditing(null)} />
      )}
      {removing === null ? null : <RemoveMailbox mailbox={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}

function MailboxLine({
  mailbox,
  hasChildren,
  onEdit,
  onRemove,
}: {
  mailbox: Mailbox;
  hasChildren: boolean;
  onEdit: (edit: MailboxEdit) => void;
  onRemove: () => void;
}) {
  const t = useText(mailboxTexts);
  const mail = useText(mailTexts);
  const { role } = mailbox;
  const name = role === null ? mailbox.name : mail(`role-${role}`);
  const items: MenuItem[] = [
    {
      key: 'add',
      label: t('add-inside'),
      icon: 'plus',
      run: () => onEdit({ mailbox: null, parent: mailbox.id }),
    },
  ];
  if (role === null) {
    items.unshift({
      key: 'rename',
      label: t('rename'),
      icon: 'compose',
      run: () => onEdit({ mailbox, parent: mailbox.parent }),
    });
    if (!hasChildren) items.push({ key: 'remove', label: t('remove'), icon: 'trash', run: onRemove });
  }
  return (
    <li
      className="tree-line"
      data-testid="mailbox-line"
      style={{ paddingInlineStart: `${8 + 22 * (mailbox.path.split('/').length - 1)}px` }}
    >
      <Icon name={role ?? 'folder'} />
      <span className="tree-name">{name}</span>
      <span className="tree-count">{t('counts', { n: mailbox.total })}</span>
      <Menu label={t('more', { name })} className="icon-button" button={<Icon name="more" />} items={items} />
    </li>
  );
}
