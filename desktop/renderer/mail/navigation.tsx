import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import type { Account } from '../../../common/shapes/account.ts';
import type { LabelDefinition } from '../../../common/shapes/label.ts';
import type { Mailbox, MailboxRole } from '../../../common/shapes/mailbox.ts';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon-names.ts';
import { Skeleton } from '../parts/states.tsx';
import { useStore } from '../parts/store.ts';
import { useProfile } from '../profile/profile-store.ts';
import { askSignIn } from '../shell/ask-sign-in.ts';
import type { MailRoute } from '../shell/route.ts';
import { bulkTexts } from '../text/bulk.ts';
import { mailTexts } from '../text/mail.ts';
import { useText } from '../text/text.ts';
import { checkStore } from './check.ts';
import { colourOf } from './colours.ts';
import { mailboxesQuery } from './cache/mail-cache.ts';
import { LaterLinks } from './later-links.tsx';
import { boxRoute, Count, linkTo } from './nav-link.tsx';

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
    <nav className="navigation" aria-label={t('mailboxes')} data-region="navigation">
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
                current={route.account === account.id}
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

function MailboxLink({
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
        {...linkTo(boxRoute(mailbox.role ?? mailbox.id, null), onPick)}
      >
        <Icon name={icon} />
        <span className="nav-name">{name}</span>
        <Count n={count} unit={mailbox.role === 'drafts' ? 'drafts-count' : 'unread-count'} />
      </a>
    </li>
  );
}

function AccountLink({
  account,
  colour,
  current,
  onPick,
}: {
  account: Account;
  colour: number;
  current: boolean;
  onPick: () => void;
}) {
  const t = useText(mailTexts);
  const check = useStore(checkStore);
  const why =
    account.state === 'needs-sign-in'
      ? t('needs-sign-in', { account: account.email })
      : t('does-not-answer', { account: account.email });
  return (
    <li className="nav-account">
      <a
        className="nav-link"
        aria-current={current ? 'page' : undefined}
        {...linkTo(boxRoute('inbox', account.id), onPick)}
      >
        <span className={`dot hue-${colour}`} data-busy={check.running.has(account.id)} />
        <span className="nav-name">{account.email}</span>
      </a>
      {account.state === 'needs-sign-in' ? (
        <button
          type="button"
          className="nav-attention"
          title={why}
          aria-label={why}
          data-testid="nav-sign-in"
          onClick={() => {
            onPick();
            askSignIn(account.id);
          }}
        >
          <Icon name="lock" size={15} />
        </button>
      ) : null}
      {account.state === 'failing' ? (
        <a
          className="nav-attention"
          title={why}
          aria-label={why}
          {...linkTo({ view: 'settings', section: 'accounts', item: account.id, page: null }, onPick)}
        >
          <Icon name="warning" size={16} />
        </a>
      ) : null}
      {account.state === 'paused' ? (
        <a
          className="nav-attention nav-calm"
          title={t('is-paused', { account: account.email })}
          aria-label={t('is-paused', { account: account.email })}
          {...linkTo({ view: 'settings', section: 'accounts', item: account.id, page: null }, onPick)}
        >
          <Icon name="pause" size={14} />
        </a>
      ) : null}
    </li>
  );
}
