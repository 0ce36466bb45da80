import { profileStore } from '../profile/profile-store.ts';
import { remindersQuery } from '../reminder/reminders.ts';
import { waitingQuery } from '../sending/waiting.ts';
import { sessionStore } from '../session/session.ts';
import { routeStore } from '../shell/route.ts';
import { snoozesQuery } from '../snooze/snoozes.ts';
import { listQuery, mailboxesQuery, queries, waitForList } from './cache/mail-cache.ts';
import { chooseFirstList } from './first-list.ts';

/**
 * Asks for what the mail view shows first as soon as a session is there, in one request, before the view is drawn; the view
 * then finds its answers on the way. `ahead/ahead.ts` asks for the same before this script is there.
 */
export function readMailFirst(): void {
  sessionStore.subscribe(() => {
    const session = sessionStore.get();
    const route = routeStore.get();
    if (session.phase !== 'signed-in' || session.home === null) return;
    void loadReaderSoon();
    const list = chooseFirstList(route, profileStore.get().preferences);
    if (list === null) return;
    void queries.prefetchInfiniteQuery(listQuery(list));
    void queries.prefetchQuery(mailboxesQuery);
    void queries.prefetchQuery(waitingQuery);
    void queries.prefetchQuery(remindersQuery);
    if (list.box === 'inbox') void queries.prefetchQuery(snoozesQuery);
  });
}

/** Milliseconds after which the reader's code is loaded also without a list. */
const PATIENCE = 3000;

/** Who sees a list opens a mail next: what shows it is loaded while the list is looked at. */
async function loadReaderSoon(): Promise<void> {
  await waitForList(PATIENCE);
  // Without a connection it is loaded when a mail is opened.
  await import('../reader/reader.tsx').catch(() => null);
}
