import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon-names.ts';
import { useCommands } from '../shell/commands.ts';
import {
  formatRoute,
  openBox,
  openSettings,
  SETTINGS_SECTIONS,
  useRoute,
  type SettingsSection,
} from '../shell/route.ts';
import { Accounts } from '../account/accounts.tsx';
import { Mailboxes } from '../mailbox/mailboxes.tsx';
import { settingsTexts } from '../text/settings.ts';
import { useText } from '../text/text.ts';
import { Rules } from '../rule/rules.tsx';
import { Appearance } from './appearance.tsx';
import { Programs } from './programs/programs.tsx';
import { Sessions } from './sessions.tsx';
import { Storage } from './storage.tsx';

const ICONS: Record<SettingsSection, IconName> = {
  accounts: 'inbox',
  mailboxes: 'folder',
  rules: 'rules',
  appearance: 'theme',
  storage: 'archive',
  programs: 'key',
  sessions: 'lock',
};

/** Settings: sections on the left, the open one beside them. */
export function Settings() {
  const t = useText(settingsTexts);
  const route = useRoute();
  useCommands({ back: () => openBox('inbox') });
  if (route.view !== 'settings') return null;
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label={t('settings')} data-region="navigation">
        <a
          className="nav-link"
          href="#/inbox"
          onClick={(event) => {
            event.preventDefault();
            openBox('inbox');
          }}
        >
          <Icon name="back" />
          <span className="nav-name">{t('back-to-mail')}</span>
        </a>
        <ul className="nav-list">
          {SETTINGS_SECTIONS.map((section) => (
            <li key={section}>
              <a
                className="nav-link"
                aria-current={section === route.section ? 'page' : undefined}
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
      <main className="settings-main" data-region="main" tabIndex={-1}>
        {route.section === 'accounts' ? <Accounts item={route.item} page={route.page} /> : null}
        {route.section === 'mailboxes' ? <Mailboxes /> : null}
        {route.section === 'rules' ? <Rules item={route.item} /> : null}
        {route.section === 'appearance' ? <Appearance /> : null}
        {route.section === 'storage' ? <Storage /> : null}
        {route.section === 'programs' ? <Programs /> : null}
        {route.section === 'sessions' ? <Sessions /> : null}
      </main>
    </div>
  );
}
