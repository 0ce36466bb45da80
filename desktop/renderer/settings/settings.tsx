import { lazy, Suspense } from 'react';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon-names.ts';
import { Skeleton } from '../parts/states.tsx';
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
import { Storage } from './storage.tsx';

const AddressBook = lazy(async () => ({
  default: (await import('../contact/address-book.tsx')).AddressBook,
}));
const Admin = lazy(async () => ({ default: (await import('../admin/admin.tsx')).Admin }));
const Identities = lazy(async () => ({ default: (await import('../identity/identities.tsx')).Identities }));
const Security = lazy(async () => ({ default: (await import('../security/security.tsx')).Security }));
const Templates = lazy(async () => ({ default: (await import('../template/templates.tsx')).Templates }));
const History = lazy(async () => ({ default: (await import('../history/history.tsx')).History }));
const Transfer = lazy(async () => ({ default: (await import('../transfer/transfer.tsx')).Transfer }));

const ICONS: Record<SettingsSection, IconName> = {
  accounts: 'inbox',
  identities: 'person',
  mailboxes: 'folder',
  rules: 'rules',
  templates: 'file',
  appearance: 'theme',
  storage: 'archive',
  transfer: 'download',
  history: 'undo',
  programs: 'key',
  security: 'lock',
};

/** Settings: sections on the left, the open one beside them; or the address book, which is a view of its own. */
export function Settings() {
  const t = useText(settingsTexts);
  const route = useRoute();
  useCommands({ back: () => openBox('inbox') });
  if (route.view === 'admin') {
    return (
      <Suspense fallback={<Skeleton rows={6} kind="rows" />}>
        <Admin place={route.item ?? ''} />
      </Suspense>
    );
  }
  if (route.view === 'contacts') {
    return (
      <Suspense fallback={<Skeleton rows={6} kind="rows" />}>
        <AddressBook item={route.item} />
      </Suspense>
    );
  }
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
        <Suspense fallback={<Skeleton rows={6} kind="text" />}>
          {route.section === 'identities' ? <Identities item={route.item} /> : null}
          {route.section === 'templates' ? <Templates item={route.item} /> : null}
          {route.section === 'history' ? <History /> : null}
          {route.section === 'transfer' ? <Transfer /> : null}
        </Suspense>
        {route.section === 'accounts' ? <Accounts item={route.item} page={route.page} /> : null}
        {route.section === 'mailboxes' ? <Mailboxes /> : null}
        {route.section === 'rules' ? <Rules item={route.item} /> : null}
        {route.section === 'appearance' ? <Appearance /> : null}
        {route.section === 'storage' ? <Storage /> : null}
        {route.section === 'programs' ? <Programs /> : null}
        {route.section === 'security' ? (
          <Suspense fallback={<Skeleton rows={6} kind="rows" />}>
            <Security />
          </Suspense>
        ) : null}
      </main>
    </div>
  );
}
