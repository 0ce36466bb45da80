import { useState } from 'react';
import type { Account } from '../../../common/shapes/account.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Blank } from '../parts/states.tsx';
import { useProfile } from '../profile/profile-store.ts';
import { readProfile } from '../profile/profile-sync.ts';
import { profileServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { openSettings } from '../shell/route.ts';
import { settingsTexts } from '../text/settings.ts';
import { shellTexts } from '../text/shell.ts';
import { say, useText } from '../text/text.ts';
import { AccountCard } from './account-card.tsx';
import { AccountPage } from './account-page.tsx';
import { AddAccount } from './add-account.tsx';

/** The accounts with their state, one of them, or the way to a new one. */
export function Accounts({ item, page }: { item: string | null; page: string | null }) {
  const t = useText(settingsTexts);
  const { accounts } = useProfile();
  const [removing, setRemoving] = useState<Account | null>(null);
  const open = accounts.find(({ id }) => id === item);
  if (item === 'new') {
    return (
      <div className="settings-page">
        <h1>{t('add-account')}</h1>
        <AddAccount onDone={() => openSettings('accounts')} onCancel={() => openSettings('accounts')} />
      </div>
    );
  }
  if (open !== undefined) return <AccountPage key={open.id} account={open} page={page} />;
  return (
    <div className="settings-page">
      <header className="settings-head">
        <h1>{t('section-accounts')}</h1>
        <Button look="main" icon="plus" onClick={() => openSettings('accounts', 'new')}>
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
