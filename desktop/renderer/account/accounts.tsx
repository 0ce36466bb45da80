import { useState } from 'react';
import type { Account } from '../../../common/shapes/account.ts';
import { Button } from '../parts/button.tsx';
import { Blank } from '../parts/states.tsx';
import { useProfile } from '../profile/profile-store.ts';
import { readProfile } from '../profile/profile-sync.ts';
import { profileServer } from '../session/clients.ts';
import { RemoveDialog } from '../shell/remove-dialog.tsx';
import { openSettings } from '../shell/route.ts';
import { settingsTexts } from '../text/settings.ts';
import { useText } from '../text/text.ts';
import { AccountCard } from './account-card.tsx';
import { AccountPage } from './account-page.tsx';
import { AddAccount } from './add/add-account.tsx';

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
      {removing === null ? null : <RemoveAccount account={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}

function RemoveAccount({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useText(settingsTexts);
  const remove = async (): Promise<void> => {
    await profileServer().account.remove.mutate({ id: account.id });
    await readProfile();
  };
  return (
    <RemoveDialog
      title={t('remove-title', { account: account.email })}
      text={t('remove-text')}
      yes={t('remove')}
      done={t('removed', { account: account.email })}
      remove={remove}
      onClose={onClose}
    />
  );
}
