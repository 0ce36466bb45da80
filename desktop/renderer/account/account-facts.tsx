import { useState, type ReactNode } from 'react';
import type { Account } from '../../../common/shapes/account.ts';
import type { CheckEvent } from '../../../common/shapes/event.ts';
import type { AccountTimeline } from '../../../common/shapes/timeline.ts';
import { checkNow, checkStore, readAccountStates } from '../mail/check.ts';
import { pauseFetching } from '../mail/pause.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon-names.ts';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { usePreference } from '../profile/profile-store.ts';
import { toProblem } from '../session/problem.ts';
import { askSignIn } from '../shell/ask-sign-in.ts';
import { tellProblem } from '../shell/notices.ts';
import { activityTexts } from '../text/activity.ts';
import { formatAgo, formatMoment } from '../text/format-more.ts';
import { formatFullDate, formatTimeOfDay } from '../text/format.ts';
import { languageStore, useText } from '../text/text.ts';
import { isBad } from './account-state.tsx';
import { ImportProgress } from './import-progress.tsx';
import { describeInterval, readInterval } from './form/intervals.ts';
import { editAccount, settingsOf } from './form/save-account.ts';

import { isLocked, Unlock } from './form/signed-in-only.tsx';
import { Trouble } from './trouble.tsx';

const ICONS: Record<Account['state'], IconName> = {
  new: 'clock',
  ok: 'check',
  late: 'clock',
  failing: 'warning',
  'needs-sign-in': 'lock',
  paused: 'pause',
};

/** The state in one plain sentence, what is planned, and what can be done. `acts`: the person owns the account. */
export function AccountFacts({
  account,
  timeline,
  acts,
}: {
  account: Account;
  timeline: AccountTimeline | null;
  acts: boolean;
}) {
  const running = useStore(checkStore).running.get(account.id);
  const bad = isBad(account) && running === undefined;
  return (
    <section className="panel facts" data-testid="account-facts" data-state={account.state}>
      <div className={bad ? 'facts-state facts-bad' : 'facts-state'} role="status">
        <Icon name={running === undefined ? ICONS[account.state] : 'refresh'} size={20} />
        <div>
          <StateSentence account={account} running={running} />
          {bad && account.error !== null ? <Trouble problem={account.error} /> : null}
        </div>
      </div>
      {running?.phase === 'retrieving' ? <ImportProgress event={running} /> : null}
      <Facts account={account} timeline={timeline} acts={acts} />
      {acts ? <Actions account={account} running={running} /> : null}
    </section>
  );
}

function StateSentence({ account, running }: { account: Account; running: CheckEvent | undefined }) {
  const t = useText(activityTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const { state, failingSince } = account;
  let text = t(`is-${state}`);
  if (running !== undefined) text = t(running.phase === 'retrieving' ? 'is-fetching' : 'is-connecting');
  else if (state === 'failing' && failingSince !== null) {
    text = t('is-failing-since', { time: formatMoment(failingSince, now, language, zone) });
  }
  return <p className="facts-sentence">{text}</p>;
}

function Facts({
  account,
  timeline,
  acts,
}: {
  account: Account;
  timeline: AccountTimeline | null;
  acts: boolean;
}) {
  const t = useText(activityTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const { lastSuccess, nextTry, nextAllowed } = timeline ?? account;
  const allowed = nextAllowed === null || Date.parse(nextAllowed) <= now;
  const at = (iso: string): ReactNode => (
    <time dateTime={iso} title={formatFullDate(iso, language, zone)}>
      {formatAgo(iso, now, language)}
    </time>
  );
  return (
    <dl className="facts-list">
      <div>
        <dt>{t('last-success')}</dt>
        <dd data-testid="last-success">{lastSuccess === null ? t('never') : at(lastSuccess)}</dd>
      </div>
      <div>
        <dt>{t('next-try')}</dt>
        <dd data-testid="next-try">
          {nextTry === null ? t('no-next-try') : Date.parse(nextTry) <= now ? t('any-moment') : at(nextTry)}
        </dd>
      </div>
      <div>
        <dt>{t('interval')}</dt>
        <dd>
          <Interval account={account} acts={acts} />
        </dd>
      </div>
      <div>
        <dt>{t('check-allowed')}</dt>
        <dd data-testid="next-allowed">
          {allowed
            ? t('allowed-now')
            : t('allowed-at', { time: formatTimeOfDay(nextAllowed, language, zone) })}
        </dd>
      </div>
    </dl>
  );
}

/** How often it is checked now; what was chosen automatically can be fixed, and the other way round. */
function Interval({ account, acts }: { account: Account; acts: boolean }) {
  const t = useText(activityTexts);
  const language = useStore(languageStore);
  const [busy, setBusy] = useState(false);
  const seconds = account.currentInterval || account.interval;
  const interval = describeInterval(seconds, language);
  const choose = async (choice: string): Promise<void> => {
    setBusy(true);
    try {
      const settings = { ...settingsOf(account), ...readInterval(choice, account.pop3.host) };
      await editAccount(account, { settings });
    } catch (error) {
      tellProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {t(account.adaptive ? 'interval-automatic' : 'interval-fixed', { interval })}
      {acts ? (
        <button
          type="button"
          className="link-button"
          disabled={busy}
          data-testid="interval-switch"
          onClick={() => void choose(account.adaptive ? String(seconds) : 'auto')}
        >
          {account.adaptive ? t('fix-it', { interval }) : t('make-automatic')}
        </button>
      ) : null}
    </>
  );
}

function Actions({ account, running }: { account: Account; running: CheckEvent | undefined }) {
  const t = useText(activityTexts);
  const paused = account.state === 'paused';
  return (
    <div className="card-actions">
      {isLocked(account.error) ? <Unlock onDone={() => void readAccountStates()} /> : null}
      {account.state === 'needs-sign-in' && !isLocked(account.error) ? (
        <Button look="main" icon="lock" data-testid="sign-in-account" onClick={() => askSignIn(account.id)}>
          {t('sign-in')}
        </Button>
      ) : null}
      {paused || account.state === 'needs-sign-in' ? null : (
        <Button icon="refresh" disabled={running !== undefined} onClick={() => void checkNow(account.id)}>
          {t('check')}
        </Button>
      )}
      <Button
        icon={paused ? 'play' : 'pause'}
        look={paused ? 'main' : 'plain'}
        data-testid="pause"
        onClick={() => void pauseFetching(account, !paused)}
      >
        {t(paused ? 'resume' : 'pause')}
      </Button>
    </div>
  );
}
