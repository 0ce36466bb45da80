import type { CSSProperties } from 'react';
import type { Mailbox } from '../../../../common/shapes/mailbox.ts';
import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon-names.ts';
import { mailTexts } from '../../text/mail.ts';
import { useText } from '../../text/text.ts';
import { boxRoute, Count, linkTo } from './nav-link.tsx';

export function MailboxLink({
  mailbox,
  current,
  onPick,
}: {
  mailbox: Mailbox;
  current: boolean;
  onPick: () => void;
}) {
  const t = useText(mailTexts);
  const name = mailbox.role === null ? mailbox.name : t(`role-${mailbox.role}`);
  // Drafts and Sent are filled by sending only.
  const takesMail = mailbox.role !== 'drafts' && mailbox.role !== 'sent';
  const depth = mailbox.path.split('/').length - 1;
  const icon: IconName = mailbox.role ?? 'folder';
  // In Sent, what failed for somebody counts as unread again.
  const count = mailbox.role === 'drafts' ? mailbox.total : mailbox.unread;
  return (
    <li>
      <a
        className="nav-link"
        style={{ '--depth': depth } as CSSProperties}
        aria-current={current ? 'page' : undefined}
        data-box={mailbox.role ?? mailbox.id}
        data-drop={takesMail ? `box ${mailbox.role ?? mailbox.id}` : undefined}
        {...linkTo(boxRoute(mailbox.role ?? mailbox.id, null), onPick)}
      >
        <Icon name={icon} />
        <span className="nav-name">{name}</span>
        <Count n={count} unit={mailbox.role === 'drafts' ? 'drafts-count' : 'unread-count'} />
      </a>
    </li>
  );
}
