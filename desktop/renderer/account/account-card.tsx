import type { Account } from '../../../common/shapes/account.ts';
import { checkNow, checkStore } from '../mail/check.ts';
import { pauseFetching } from '../mail/pause.ts';
import { colourOf } from '../mail/colours.ts';
import { LayerNote } from '../identity/layer-note.tsx';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { useLayer, usePreference, useProfile } from '../profile/profile-store.ts';
import { askSignIn } from '../shell/ask-sign-in.ts';
import { openSettings } from '../shell/route.ts';
import { activityTexts } from '../text/activity.ts';
import { formatAgo } from '../text/format-more.ts';
import { formatTimeOfDay } from '../text/format.ts';
import { settingsTexts } from '../text/settings.ts';
import { languageStore, useText } from '../text/text.ts';
import { AccountMenu } from './account-menu.tsx';
import { StateBadge, isBad } from './account-state.tsx';
import { ImportProgress } from './import-progress.tsx';
import { describeInterval } from './form/intervals.ts';
import { UnprovenSenders } from './sending/unproven-senders.tsx';
import { Trouble } from './trouble.tsx';

/** One account with its state and what can be done about it. */
export function AccountCard({ account, onRemove }: { account: Account; onRemove: () => void }) {
  const t = useText(settingsTexts);
  const activity = useText(activityTexts);
  const language = useStore(languageStore);
  const { accounts } = useProfile();
  const check = useStore(checkStore);
  const running = check.running.get(account.id);
  const paused = account.state === 'paused';
  const layer = useLayer('accounts', account.id);
  const locked = layer !== null && layer.locked !== null;
  // By a rule of the organisation: its user cannot let it go on.
  const stopped = paused && account.error?.reason?.startsWith('policy-') === true;
  const interval = describeInterval(account.currentInterval || account.interval, language);
  return (
    <li className="card" data-testid="account-card" data-state={account.state}>
      <div className="card-head">
        <span className={`dot hue-${colourOf(accounts, account.id)}`} />
        <div className="card-title">
          <h2>{account.email}</h2>
          <p>
            {account.pop3.host} · {t(account.adaptive ? 'every-automatic' : 'every', { minutes: interval })}
          </p>
        </div>
        <StateBadge account={account} running={running} />
        {locked ? null : <AccountMenu account={account} stopped={stopped} onRemove={onRemove} />}
      </div>
      <CardNote account={account} />
      <LayerNote layer={layer} />
      {running?.phase === 'retrieving' ? <ImportProgress event={running} /> : null}
      {account.error === null || !(isBad(account) || stopped) ? null : (
        <div className="problem-box">
          <Icon name="warning" />
          <Trouble problem={account.error} />
        </div>
      )}
      <UnprovenSenders account={account.id} />
      <div className="card-actions">
        {account.state === 'needs-sign-in' ? (
          <Button look="main" icon="lock" data-testid="sign-in-account" onClick={() => askSignIn(account.id)}>
            {activity('sign-in')}
          </Button>
        ) : stopped || (paused && locked) ? null : paused ? (
          <Button look="main" icon="play" onClick={() => void pauseFetching(account, !paused)}>
            {activity('resume')}
          </Button>
        ) : (
          <Button icon="refresh" onClick={() => void checkNow(account.id)} disabled={running !== undefined}>
            {t('check')}
          </Button>
        )}
        <Button icon="activity" onClick={() => openSettings('accounts', account.id)}>
          {activity('activity')}
        </Button>
        {locked ? null : (
          <Button icon="settings" onClick={() => openSettings('accounts', account.id, 'edit')}>
            {t('edit')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** When it worked last, and when "check now" is allowed again where that is not now. */
function CardNote({ account }: { account: Account }) {
  const t = useText(settingsTexts);
  const activity = useText(activityTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const { lastSuccess, nextAllowed } = account;
  const notes = [
    lastSuccess === null
      ? t('never-checked')
      : t('last-checked', { ago: formatAgo(lastSuccess, now, language) }),
    nextAllowed === null || Date.parse(nextAllowed) <= now
      ? null
      : activity('check-at', { time: formatTimeOfDay(nextAllowed, language, zone) }),
  ];
  return <p className="card-note">{notes.filter((note) => note !== null).join(' · ')}</p>;
}
