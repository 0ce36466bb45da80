import { Button, IconButton } from '../../parts/button.tsx';
import { Logo } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { useStore } from '../../parts/store.ts';
import { serverStore, userStore } from '../../session/session.ts';
import { signOut } from '../../session/session-actions.ts';
import { beginMail } from '../../composer/begin-mail.ts';
import { checkNow, checkStore } from '../../mail/check.ts';
import { useHasMail } from '../../mail/cache/has-mail.ts';
import { useProfile } from '../../profile/profile-store.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { hintKeys } from '../key-names.ts';
import { goTo, openBox, openSettings, useRoute } from '../route.ts';
import { SearchField } from '../search/search-field.tsx';
import type { ShellDialog } from '../shell.tsx';
import { useLayout } from '../width.ts';

export function TopBar({
  drawer,
  onDrawer,
  onShow,
}: {
  drawer: boolean;
  onDrawer: (open: boolean) => void;
  onShow: (dialog: ShellDialog) => void;
}) {
  const t = useText(shellTexts);
  const layout = useLayout();
  const route = useRoute();
  const check = useStore(checkStore);
  const hasAccounts = useProfile().accounts.length > 0;
  const hasMail = useHasMail();
  return (
    <header className="top-bar" data-region="top">
      {layout === 'three' || route.view !== 'mail' || !(hasAccounts || hasMail) ? null : (
        <IconButton
          icon="menu"
          label={t('navigation')}
          aria-expanded={drawer}
          onClick={() => onDrawer(!drawer)}
        />
      )}
      <button type="button" className="brand" onClick={() => openBox('inbox')} aria-label={t('home')}>
        <Logo />
        <span>Valija</span>
      </button>
      {(hasAccounts || hasMail) && layout !== 'one' ? <SearchField /> : <div className="top-bar-space" />}
      {hasAccounts ? (
        <>
          <IconButton
            icon="refresh"
            label={t('check-now')}
            aria-busy={check.asked}
            data-testid="check-now"
            onClick={() => void checkNow()}
          />
          <Button look="main" icon="compose" data-testid="compose" onClick={() => beginMail()}>
            {t('new-mail')}
          </Button>
        </>
      ) : null}
      <AccountMenu onShow={onShow} />
    </header>
  );
}

function AccountMenu({ onShow }: { onShow: (dialog: ShellDialog) => void }) {
  const t = useText(shellTexts);
  const user = useStore(userStore);
  const server = useStore(serverStore);
  const name = user?.name ?? '';
  return (
    <>
      <Menu
        label={t('account-menu', { name })}
        className="avatar-button"
        button={<span className="avatar avatar-user">{name.slice(0, 1).toUpperCase()}</span>}
        head={
          <div className="menu-head">
            <strong>{name}</strong>
            <span>{server.url.replace(/^https?:\/\//, '')}</span>
          </div>
        }
        items={[
          {
            key: 'contacts',
            label: t('contacts'),
            icon: 'person',
            run: () => goTo({ view: 'contacts', item: null }),
          },
          {
            key: 'settings',
            label: t('settings'),
            icon: 'settings',
            run: () => openSettings('accounts'),
          },
          ...(user?.admin || user?.groupAdmin
            ? [
                {
                  key: 'admin',
                  label: t('admin'),
                  icon: 'screen' as const,
                  run: () => goTo({ view: 'admin', item: null }),
                },
              ]
            : []),
          {
            key: 'palette',
            label: t('palette'),
            icon: 'search',
            hint: hintKeys('palette'),
            run: () => onShow('palette'),
          },
          {
            key: 'help',
            label: t('keys'),
            icon: 'keyboard',
            hint: hintKeys('help'),
            run: () => onShow('help'),
          },
        ]}
      />
      <IconButton
        icon="sign-out"
        label={t('sign-out')}
        keys={hintKeys('sign-out')}
        data-testid="sign-out"
        onClick={() => void signOut()}
      />
    </>
  );
}
