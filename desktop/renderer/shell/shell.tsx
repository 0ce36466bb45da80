import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useStore } from '../parts/store.ts';
import { useProfile } from '../profile/profile-store.ts';
import { native } from '../session/native.ts';
import { sessionStore, userStore } from '../session/session.ts';
import { signOut } from '../session/session-actions.ts';
import { beginMail } from '../composer/begin-mail.ts';
import { checkNow } from '../mail/check.ts';
import { followAfterList, followMail, followOwnProfile } from '../mail/cache/follow-mail.ts';
import { useHasMail } from '../mail/cache/has-mail.ts';
import { mailboxesQuery } from '../mail/cache/mail-cache.ts';
import { MailView } from '../mail/mail-view.tsx';
import { askRemindStore } from '../reminder/reminders.ts';
import { askSnoozeStore } from '../snooze/snoozes.ts';
import { askSignInStore } from './ask-sign-in.ts';
import { runCommand, useCommands } from './commands.ts';
import { runNewestAction } from './notices.ts';
import { focusNextRegion, skipToContent } from './frame/regions.ts';
import { changeMailRoute, goTo, openBox, openSettings, useRoute } from './route.ts';
import { StatusLine } from './frame/status-line.tsx';
import { showBadge } from './notify/badge.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { TopBar } from './frame/top-bar.tsx';

const Onboarding = lazy(async () => ({ default: (await import('./frame/onboarding.tsx')).Onboarding }));
const Dialogs = lazy(async () => ({ default: (await import('./frame/dialogs.tsx')).Dialogs }));

/** What opens over any view by a key or from the menu. */
export type ShellDialog = 'help' | 'palette';

/** Everything behind the sign-in: top bar, the open view, status line. */
export function Shell({ settings }: { settings: ReactNode }) {
  const t = useText(shellTexts);
  const route = useRoute();
  const profile = useProfile();
  const user = useStore(userStore);
  const askedSignIn = useStore(askSignInStore);
  const askedRemind = useStore(askRemindStore);
  const askedSnooze = useStore(askSnoozeStore);
  const [shown, setShown] = useState<ShellDialog | null>(null);
  const [drawer, setDrawer] = useState(false);
  useLive();
  useUnreadTitle();
  useCommands({
    compose: () => beginMail(),
    undo: runNewestAction,
    help: () => setShown('help'),
    palette: () => setShown('palette'),
    check: () => void checkNow(),
    contacts: () => goTo({ view: 'contacts', item: null }),
    settings: () => openSettings('accounts'),
    'add-account': () => openSettings('accounts', 'new'),
    ...(user?.admin || user?.groupAdmin ? { admin: () => goTo({ view: 'admin', item: null }) } : {}),
    'go-inbox': () => openBox('inbox'),
    'go-sent': () => openBox('sent'),
    'go-drafts': () => openBox('drafts'),
    'next-region': () => focusNextRegion(1),
    'previous-region': () => focusNextRegion(-1),
    'sign-out': () => void signOut(),
  });
  // An empty profile is greeted, unless the person is already filling in the form for the first account.
  const hasMail = useHasMail();
  const fresh = user !== null && profile.revision !== null && profile.accounts.length === 0 && !hasMail;
  return (
    <div className="shell">
      <button type="button" className="button skip-link" onClick={skipToContent}>
        {t('skip')}
      </button>
      <TopBar drawer={drawer} onDrawer={setDrawer} onShow={setShown} />
      {route.view !== 'mail' ? (
        settings
      ) : fresh ? (
        <Suspense fallback={null}>
          <Onboarding />
        </Suspense>
      ) : null}
      {route.view === 'mail' && !fresh ? (
        <MailView route={route} drawer={drawer} onDrawer={setDrawer} />
      ) : null}
      <StatusLine />
      {shown === null && askedRemind === null && askedSnooze === null && askedSignIn === null ? null : (
        <Suspense fallback={null}>
          <Dialogs shown={shown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </div>
  );
}

function useLive(): void {
  const user = useStore(userStore);
  const session = useStore(sessionStore);
  const home = session.phase === 'signed-in' ? session.home : null;
  useEffect(() => (user === null || home === null ? undefined : followAfterList(followMail)), [user, home]);
  useEffect(() => (user === null ? undefined : followAfterList(followOwnProfile)), [user]);
  useEffect(
    () =>
      native?.onOrder((order) => {
        if (order.kind === 'compose') beginMail(order.mail);
        if (order.kind === 'open')
          changeMailRoute({ box: 'inbox', account: null, mail: order.mail, draft: null, query: null });
        if (order.kind === 'check') void checkNow();
        if (order.kind === 'settings') location.hash = '#/settings/accounts';
        if (order.kind === 'print' && !runCommand('print')) window.print();
        if (order.kind === 'sign-out') void signOut();
      }),
    [],
  );
}

/** "(3) Valija" in the tab, and the badge of the desktop app. */
function useUnreadTitle(): void {
  const home = useStore(sessionStore);
  const { data } = useQuery({ ...mailboxesQuery, enabled: home.phase === 'signed-in' && home.home !== null });
  const unread = data?.find(({ role }) => role === 'inbox')?.unread ?? 0;
  useEffect(() => {
    document.title = unread === 0 ? 'Valija' : `(${unread}) Valija`;
    void native?.announce({ unread, notice: null });
    if (native === null) showBadge(unread);
  }, [unread]);
}
