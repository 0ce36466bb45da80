import { IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon-names.ts';
import { Menu } from '../parts/menu.tsx';
import { formatRoute, SETTINGS_SECTIONS, type SettingsSection } from '../shell/parse-route.ts';
import { openBox, openSettings } from '../shell/route.ts';
import { useLayout } from '../shell/width.ts';
import { settingsTexts } from '../text/settings.ts';
import { useText } from '../text/text.ts';

const ICONS: Record<SettingsSection, IconName> = {
  accounts: 'inbox',
  identities: 'person',
  mailboxes: 'folder',
  rules: 'rules',
  templates: 'file',
  appearance: 'theme',
  keyboard: 'keyboard',
  notifications: 'bell',
  storage: 'archive',
  transfer: 'download',
  history: 'undo',
  programs: 'key',
  security: 'lock',
};

/** The sections: beside the open one, or in a menu where the window is narrow. */
export function SettingsNav({ open }: { open: SettingsSection }) {
  const t = useText(settingsTexts);
  const narrow = useLayout() === 'one';
  const back = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
    openBox('inbox');
  };
  if (narrow) {
    return (
      <nav className="settings-nav settings-pick" aria-label={t('settings')} data-region="navigation">
        <IconButton icon="back" label={t('back-to-mail')} onClick={back} />
        <Menu
          label={`${t('settings')}: ${t(`section-${open}`)}`}
          className="button button-plain"
          button={
            <>
              <Icon name={ICONS[open]} size={17} />
              <span>{t(`section-${open}`)}</span>
              <Icon name="down" size={15} />
            </>
          }
          items={SETTINGS_SECTIONS.map((section) => ({
            key: section,
            label: t(`section-${section}`),
            icon: ICONS[section],
            checked: section === open,
            run: () => openSettings(section),
          }))}
        />
      </nav>
    );
  }
  return (
    <nav className="settings-nav" aria-label={t('settings')} data-region="navigation">
      <a className="nav-link" href="#/inbox" onClick={back}>
        <Icon name="back" />
        <span className="nav-name">{t('back-to-mail')}</span>
      </a>
      <ul className="nav-list">
        {SETTINGS_SECTIONS.map((section) => (
          <li key={section}>
            <a
              className="nav-link"
              aria-current={section === open ? 'page' : undefined}
              href={formatRoute({ view: 'settings', section, item: null, page: null })}
              onClick={(event) => {
                event.preventDefault();
                openSettings(section);
              }}
            >
              <Icon name={ICONS[section]} />
              <span className="nav-name">{t(`section-${section}`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
