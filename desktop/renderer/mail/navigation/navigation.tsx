import { useQuery } from '@tanstack/react-query';
import type { LabelDefinition } from '../../../../common/shapes/label.ts';
import type { Mailbox, MailboxRole } from '../../../../common/shapes/mailbox.ts';
import { Icon } from '../../parts/icon.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { useProfile } from '../../profile/profile-store.ts';
import type { MailRoute } from '../../shell/parse-route.ts';
import { bulkTexts } from '../../text/bulk.ts';
import { mailTexts } from '../../text/mail.ts';
import { useText } from '../../text/text.ts';
import { colourOf } from '../colours.ts';
import { mailboxesQuery } from '../cache/mail-cache.ts';
import { dropTarget } from '../drag/drag-mails.ts';
import { AccountLink } from './account-link.tsx';
import { LaterLinks } from './later-links.tsx';
import { MailboxLink } from './mailbox-link.tsx';
import { boxRoute, linkTo } from './nav-link.tsx';

const ORDER: MailboxRole[] = ['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash'];

/** Unified mailboxes first, then the accounts, then mailboxes of the user's own. */
export function Navigation({ route, onPick }: { route: MailRoute; onPick: () => void }) {
  const t = useText(mailTexts);
  const bulk = useText(bulkTexts);
  const { accounts, labels, mailboxes: defined } = useProfile();
  const { data, isPending } = useQuery(mailboxesQuery);
  const mailboxes: readonly Mailbox[] =
    data ?? defined.map((one) => ({ ...one, path: one.name, total: 0, unread: 0, bytes: 0 }));
  const withRole = ORDER.map((role) => mailboxes.find((mailbox) => mailbox.role === role)).filter(
    (mailbox) => mailbox !== undefined,
  );
  const own = mailboxes.filter((mailbox) => mailbox.role === null);
  const current = mailboxes.find(({ id, role }) => role === route.box || id === route.box);
  return (
    <nav className="navigation" aria-label={t('mailboxes')} data-region="navigation" {...dropTarget}>
      {isPending && mailboxes.length === 0 ? <Skeleton rows={6} kind="text" /> : null}
      <ul className="nav-list">
        {withRole.map((mailbox) => (
          <MailboxLink
            key={mailbox.id}
            mailbox={mailbox}
            current={mailbox === current && route.account === null}
            onPick={onPick}
          />
        ))}
        <LaterLinks box={route.box} onPick={onPick} />
      </ul>
      {accounts.length === 0 ? null : (
        <>
          <div className="nav-title nav-head">
            <h2>{t('accounts')}</h2>
            <a
              className="icon-button"
              title={t('add-account')}
              aria-label={t('add-account')}
              {...linkTo({ view: 'settings', section: 'accounts', item: 'new', page: null }, onPick)}
            >
              <Icon name="plus" size={15} />
            </a>
          </div>
          <ul className="nav-list">
            {accounts.map((account) => (
              <AccountLink
                key={account.id}
                account={account}
                colour={colourOf(accounts, account.id)}
                box={route.account === account.id ? route.box : null}
                onPick={onPick}
              />
            ))}
          </ul>
        </>
      )}
      {own.length === 0 ? null : (
        <>
          <h2 className="nav-title">{t('own-mailboxes')}</h2>
          <ul className="nav-list">
            {own.map((mailbox) => (
              <MailboxLink
                key={mailbox.id}
                mailbox={mailbox}
                current={mailbox === current && route.account === null}
                onPick={onPick}
              />
            ))}
          </ul>
        </>
      )}
      {labels.length === 0 ? null : (
        <>
          <h2 className="nav-title">{bulk('labels')}</h2>
          <ul className="nav-list">
            {labels.map((label) => (
              <LabelLink key={label.id} label={label} current={route.query} onPick={onPick} />
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

/** Everything that bears a label is what a search for it finds. */
function LabelLink({
  label,
  current,
  onPick,
}: {
  label: LabelDefinition;
  current: string | null;
  onPick: () => void;
}) {
  const query = `label:"${label.name.replaceAll('"', '')}"`;
  return (
    <li>
      <a
        className="nav-link"
        data-drop={`label ${label.name}`}
        aria-current={query === current ? 'page' : undefined}
        {...linkTo({ ...boxRoute('search', null), query }, onPick)}
      >
        <span className={`nav-label label-${label.colour}`}>
          <Icon name="label" />
        </span>
        <span className="nav-name">{label.name}</span>
      </a>
    </li>
  );
}
