import type { CSSProperties } from 'react';
import type { Account } from '../../../../common/shapes/account.ts';
import { Icon } from '../../parts/icon.tsx';
import { useStore } from '../../parts/store.ts';
import { askSignIn } from '../../shell/ask-sign-in.ts';
import { mailTexts } from '../../text/mail.ts';
import { useText } from '../../text/text.ts';
import { checkStore } from '../check.ts';
import { boxRoute, linkTo } from './nav-link.tsx';

/** Mailboxes that hold mail of an account besides its inbox; what is written here belongs to none. */
const PLACES = ['archive', 'junk', 'trash'] as const;

/** An account's own mail, with what needs attention; while it is open, its further mailboxes too. */
export function AccountLink({
  account,
  colour,
  box,
  onPick,
}: {
  account: Account;
  colour: number;
  /** The mailbox that is open of this account alone; null: none is. */
  box: string | null;
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
        aria-current={box === 'inbox' ? 'page' : undefined}
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
      {box === null ? null : (
        <ul className="nav-list" aria-label={account.email}>
          {PLACES.map((role) => (
            <li key={role}>
              <a
                className="nav-link"
                style={{ '--depth': 1 } as CSSProperties}
                aria-current={box === role ? 'page' : undefined}
                {...linkTo(boxRoute(role, account.id), onPick)}
              >
                <Icon name={role} />
                <span className="nav-name">{t(`role-${role}`)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
