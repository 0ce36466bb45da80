import type { Account } from '../../../common/shapes/account.ts';
import { checkStore } from '../mail/check.ts';
import { colourOf } from '../mail/colours.ts';
import { Icon } from '../parts/icon.tsx';
import { useStore } from '../parts/store.ts';
import { useProfile } from '../profile/profile-store.ts';
import { tell } from '../shell/notices.ts';
import { formatRoute } from '../shell/parse-route.ts';
import { openSettings } from '../shell/route.ts';
import { accountTexts } from '../text/account.ts';
import { activityTexts } from '../text/activity.ts';
import { say, useText } from '../text/text.ts';
import { AccountDetails } from './account-details.tsx';
import { formOf } from './form/account-form.ts';
import { StateBadge } from './account-state.tsx';
import { Activity } from './history/activity.tsx';

/** One account: what happened with it, or its settings. */
export function AccountPage({ account, page }: { account: Account; page: string | null }) {
  const t = useText(activityTexts);
  const { accounts } = useProfile();
  const running = useStore(checkStore).running.get(account.id);
  const edits = page === 'edit';
  const toActivity = (): void => openSettings('accounts', account.id);
  return (
    <div className="settings-page">
      <header className="account-head">
        <SettingsLink item={null} page={null} className="account-back">
          <Icon name="back" size={16} />
          {t('all-accounts')}
        </SettingsLink>
        <div className="card-head">
          <span className={`dot hue-${colourOf(accounts, account.id)}`} />
          <h1>{account.email}</h1>
          <StateBadge account={account} running={running} />
        </div>
        <nav className="tabs" aria-label={account.email}>
          <SettingsLink item={account.id} page={null} current={!edits}>
            {t('activity')}
          </SettingsLink>
          <SettingsLink item={account.id} page="edit" current={edits}>
            {t('settings')}
          </SettingsLink>
        </nav>
      </header>
      {edits ? (
        <AccountDetails
          account={account}
          start={formOf(account)}
          onBack={toActivity}
          onDone={() => {
            tell({ kind: 'done', text: say(accountTexts, 'saved'), action: null, lasts: 4000 });
            toActivity();
          }}
        />
      ) : (
        <Activity account={account} user={null} />
      )}
    </div>
  );
}

function SettingsLink({
  item,
  page,
  current = false,
  className,
  children,
}: {
  item: string | null;
  page: string | null;
  current?: boolean;
  className?: string;
  children: React.ReactNode;
}) {
  return (
    <a
      className={className}
      href={formatRoute({ view: 'settings', section: 'accounts', item, page })}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        event.preventDefault();
        openSettings('accounts', item, page);
      }}
    >
      {children}
    </a>
  );
}
