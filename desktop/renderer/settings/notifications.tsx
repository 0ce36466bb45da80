import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Check } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { usePreference, useProfile } from '../profile/profile-store.ts';
import { native } from '../session/native.ts';
import { askLeave, hasLeave, type Leave } from '../shell/notify/leave.ts';
import { showNotification } from '../shell/notify/show-notification.ts';
import { notificationTexts } from '../text/notifications.ts';
import { settingsTexts } from '../text/settings.ts';
import { useText } from '../text/text.ts';
import { choosePreference } from './choose-preference.ts';
import { Given } from './given.tsx';

/** Whether new mail is announced, of which accounts, and whether this browser does it. */
export function Notifications() {
  const t = useText(notificationTexts);
  const settings = useText(settingsTexts);
  const { accounts } = useProfile();
  const notify = usePreference('notify');
  const silent = usePreference('silent');
  const [leave, setLeave] = useState<Leave>(hasLeave);
  return (
    <div className="settings-page">
      <h1>{settings('section-notifications')}</h1>
      <p className="settings-lead">{t('lead')}</p>
      {native === null ? <BrowserLeave leave={leave} onLeave={setLeave} /> : null}
      <Given preference="notify">
        <Check
          label={t('notify')}
          hint={t('notify-hint')}
          checked={notify}
          onPick={(on) => choosePreference('notify', on)}
        />
      </Given>
      {notify && accounts.length > 0 ? (
        <Given preference="silent">
          <fieldset className="group">
            <legend>{t('accounts')}</legend>
            {accounts.map(({ id, email }) => (
              <Check
                key={id}
                label={email}
                checked={!silent.includes(id)}
                onPick={(on) => choosePreference('silent', setSilent(silent, id, !on))}
              />
            ))}
          </fieldset>
        </Given>
      ) : null}
    </div>
  );
}

/** Browsers ask their person themselves, and only when a click led there. */
function BrowserLeave({ leave, onLeave }: { leave: Leave; onLeave: (leave: Leave) => void }) {
  const t = useText(notificationTexts);
  return (
    <div className="card" data-testid="browser-leave" data-leave={leave}>
      <div className="card-line" role="status">
        <Icon name={leave === 'granted' ? 'check' : leave === 'default' ? 'bell' : 'info'} size={17} />
        <p className="card-title">{t(`browser-${leave}`)}</p>
      </div>
      {leave === 'default' ? (
        <div className="card-actions">
          <Button look="main" icon="bell" onClick={() => void askLeave().then(onLeave)}>
            {t('allow')}
          </Button>
        </div>
      ) : null}
      {leave === 'granted' ? (
        <div className="card-actions">
          <Button onClick={() => showNotification({ title: 'Valija', body: t('sample'), mail: null })}>
            {t('try')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function setSilent(silent: readonly string[], account: string, on: boolean): string[] {
  return on ? [...silent, account] : silent.filter((id) => id !== account);
}
