import { useState } from 'react';
import type { Account } from '../../../common/shapes/account.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { Blank } from '../parts/states.tsx';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { profileStore, useProfile } from '../profile/profile-store.ts';
import { readProfile } from '../profile/profile-sync.ts';
import { profileServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { useExplain } from '../shell/explain.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { goTo } from '../shell/route.ts';
import { checkNow, checkStore } from '../mail/check.ts';
import { colourOf } from '../mail/colours.ts';
import { formatAgo } from '../text/format.ts';
import { settingsTexts } from '../text/settings.ts';
import { shellTexts } from '../text/shell.ts';
import { languageStore, say, useText } from '../text/text.ts';
import { AccountWizard } from './account-wizard.tsx';
import { describeInterval } from './interval.ts';

function show(item: string | null): void {
  goTo({ view: 'settings', section: 'accounts', item });
}

/** The accounts with their state, or the form of one. */
export function Accounts({ item }: { item: string | null }) {
  const t = useText(settingsTexts);
  const { accounts } = useProfile();
  const [removing, setRemoving] = useState<Account | null>(null);
  const edited = accounts.find(({ id }) => id === item) ?? null;
  if (item === 'new' || edited !== null) {
    return (
      <div className="settings-page">
        <h1>{edited === null ? t('add-account') : edited.email}</h1>
        <AccountWizard key={item} account={edited} onDone={() => show(null)} onCancel={() => show(null)} />
      </div>
    );
  }
  return (
    <div className="settings-page">
      <header className="settings-head">
        <h1>{t('section-accounts')}</h1>
        <Button look="main" icon="plus" onClick={() => show('new')}>
          {t('add-account')}
        </Button>
      </header>
      {accounts.length === 0 ? <Blank icon="inbox" text={t('no-accounts')} /> : null}
      <ul className="cards">
        {accounts.map((account) => (
          <AccountCard key={account.id} account={account} onRemove={() => setRemoving(account)} />
        ))}
      </ul>
      {removing === null ? null : <RemoveDialog account={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}

function AccountCard({ account, onRemove }: { account: Account; onRemove: () => void }) {
  const t = useText(settingsTexts);
  const language = useStore(languageStore);
  const { accounts } = useStore(profileStore);
  const check = useStore(checkStore);
  const now = useNow();
  const explain = useExplain();
  const bad = account.state === 'failing' || account.state === 'needs-sign-in';
  const running = check.running.get(account.id);
  const state =
    running !== undefined
      ? t(`phase-${running.phase === 'retrieving' ? 'retrieving' : 'connecting'}`)
      : t(`state-${account.state}`);
  return (
    <li className="card" data-testid="account-card" data-state={account.state}>
      <div className="card-head">
        <span className={`dot hue-${colourOf(accounts, account.id)}`} />
        <div className="card-title">
          <h2>{account.email}</h2>
          <p>
            {account.pop3.host} · {t('every', { minutes: describeInterval(account.interval, language) })}
          </p>
        </div>
        <span className={`badge ${bad ? 'badge-bad' : account.state === 'ok' ? 'badge-good' : ''}`}>
          {bad ? <Icon name="warning" size={14} /> : null}
          {state}
        </span>
      </div>
      <p className="card-note">
        {account.lastSuccess === null
          ? t('never-checked')
          : t('last-checked', { ago: formatAgo(account.lastSuccess, now, language) })}
      </p>
      {account.error === null || !bad ? null : (
        <div className="problem-box">
          <Icon name="warning" />
          <div>
            <p>{explain({ ...NO_DETAILS, ...(account.error as { code: 'auth-failed' }) })}</p>
            {account.error.serverLine === null ? null : <code>{account.error.serverLine}</code>}
          </div>
        </div>
      )}
      <div className="card-actions">
        <Button icon="refresh" onClick={() => void checkNow(account.id)} disabled={running !== undefined}>
          {t('check')}
        </Button>
        <Button icon="settings" onClick={() => show(account.id)}>
          {t('edit')}
        </Button>
        <Button look="quiet" icon="trash" onClick={onRemove}>
          {t('remove')}
        </Button>
      </div>
    </li>
  );
}

const NO_DETAILS = { reason: null, params: {}, field: null, serverLine: null, retryAfter: null };

function RemoveDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useText(settingsTexts);
  const shell = useText(shellTexts);
  const [busy, setBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      await profileServer().account.remove.mutate({ id: account.id });
      await readProfile();
      tell({
        kind: 'done',
        text: say(settingsTexts, 'removed', { account: account.email }),
        action: null,
        lasts: 5000,
      });
    } catch (error) {
      tellProblem(toProblem(error));
    }
    onClose();
  };
  return (
    <Dialog
      title={t('remove-title', { account: account.email })}
      closeLabel={shell('close')}
      onClose={onClose}
    >
      <div className="dialog-body">
        <p>{t('remove-text')}</p>
      </div>
      <footer className="dialog-foot">
        <Button onClick={onClose}>{shell('cancel')}</Button>
        <Button look="danger" disabled={busy} onClick={() => void remove()}>
          {t('remove')}
        </Button>
      </footer>
    </Dialog>
  );
}
