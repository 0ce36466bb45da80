import { lazy, Suspense } from 'react';
import { Skeleton } from '../parts/states.tsx';
import { useCommands } from '../shell/commands.ts';
import { openBox, useRoute } from '../shell/route.ts';
import { Accounts } from '../account/accounts.tsx';
import { Mailboxes } from '../mailbox/mailboxes.tsx';
import { Rules } from '../rule/rules.tsx';
import { Appearance } from './appearance.tsx';
import { Programs } from './programs/programs.tsx';
import { SettingsNav } from './settings-nav.tsx';
import { Storage } from './storage.tsx';

const AddressBook = lazy(async () => ({
  default: (await import('../contact/address-book.tsx')).AddressBook,
}));
const Admin = lazy(async () => ({ default: (await import('../admin/admin.tsx')).Admin }));
const Keyboard = lazy(async () => ({ default: (await import('./keyboard/keyboard.tsx')).Keyboard }));
const Notifications = lazy(async () => ({
  default: (await import('./notifications.tsx')).Notifications,
}));
const Identities = lazy(async () => ({ default: (await import('../identity/identities.tsx')).Identities }));
const Security = lazy(async () => ({ default: (await import('../security/security.tsx')).Security }));
const Templates = lazy(async () => ({ default: (await import('../template/templates.tsx')).Templates }));
const History = lazy(async () => ({ default: (await import('../history/history.tsx')).History }));
const Transfer = lazy(async () => ({ default: (await import('../transfer/transfer.tsx')).Transfer }));

/** Settings: sections on the left, the open one beside them; or the address book, which is a view of its own. */
export function Settings() {
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
      <SettingsNav open={route.section} />
      {/* Another page begins at its top. */}
      <main
        key={[route.section, route.item, route.page].join('/')}
        className="settings-main"
        data-region="main"
        tabIndex={-1}
      >
        <Suspense fallback={<Skeleton rows={6} kind="text" />}>
          {route.section === 'identities' ? <Identities item={route.item} /> : null}
          {route.section === 'templates' ? <Templates item={route.item} /> : null}
          {route.section === 'history' ? <History /> : null}
          {route.section === 'keyboard' ? <Keyboard /> : null}
          {route.section === 'notifications' ? <Notifications /> : null}
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
