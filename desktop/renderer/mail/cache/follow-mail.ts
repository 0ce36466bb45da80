import type { StoreEvent } from '../../../../common/shapes/event.ts';
import { storageServer, storageUrl, profileServer } from '../../session/clients.ts';
import { contactsQuery } from '../../contact/contacts.ts';
import { keepOpen } from '../../session/keep-open.ts';
import { followLive, type LiveTopic } from '../../session/live.ts';
import { serverStore, userStore } from '../../session/session.ts';
import { followProfile } from '../../profile/profile-sync.ts';
import { forgetRunning, readAccountStates, takeCheckEvent } from '../check.ts';
import { queries, waitForList } from './mail-cache.ts';
import { startNews } from './news.ts';

/** Milliseconds after which news are followed also without a list. */
const PATIENCE = 1500;

/** Follows once there is a list; returns how to stop. */
export function followAfterList(follow: () => () => void): () => void {
  let stopped = false;
  let stop = (): void => undefined;
  const begin = async (): Promise<void> => {
    await waitForList(PATIENCE);
    if (!stopped) stop = follow();
  };
  void begin();
  return () => {
    stopped = true;
    stop();
  };
}

/** The stream broke, and all that was said meanwhile but for changes of mails was missed. */
interface Reopened {
  type: 'reopened';
}

function makeUpForBreak(): void {
  for (const key of ['reminders', 'snoozes', 'waiting']) void queries.invalidateQueries({ queryKey: [key] });
  forgetRunning();
  void readAccountStates();
}

/** Follows the storage-server's news until the returned function is called. */
export function followMail(): () => void {
  const news = startNews();
  let isFirst = true;
  const topic: LiveTopic<StoreEvent | Reopened> = {
    name: `valija-mail ${storageUrl()} ${userStore.get()?.id ?? ''}`,
    isState: (event) => event.type === 'changed',
    open: (take) =>
      keepOpen(({ onStarted, ...told }) =>
        storageServer().event.watch.subscribe(
          {},
          {
            ...told,
            onStarted: () => {
              onStarted();
              if (!isFirst) take({ type: 'reopened' });
              isFirst = false;
            },
            onData: ({ data }: { data: unknown }) => take(data as StoreEvent),
          },
        ),
      ),
  };
  const stop = followLive(topic, (event) => {
    // A tab that takes over from another one has missed what was said in between.
    isFirst = false;
    if (event.type === 'check') takeCheckEvent(event);
    else if (event.type === 'changed') news.follow(event.modseq);
    else if (event.type === 'reminder') void tellReminder(event.mail);
    else if (event.type === 'snooze') void tellSnooze(event.mail);
    else if (event.type === 'reopened') {
      news.lookBack();
      makeUpForBreak();
    }
  });
  return () => {
    stop();
    news.stop();
  };
}

interface ProfileNews {
  revision: number;
  shared: string;
}

/** Follows changes of the profile made on other PCs. */
export function followOwnProfile(): () => void {
  let stopped = false;
  const topic: LiveTopic<ProfileNews> = {
    name: `valija-profile ${serverStore.get().url} ${userStore.get()?.id ?? ''}`,
    isState: () => true,
    open: (take) =>
      keepOpen((told) =>
        profileServer().profile.watch.subscribe(
          {},
          { ...told, onData: ({ data }: { data: ProfileNews }) => take(data) },
        ),
      ),
  };
  const stop = followLive(topic, (news) => {
    // Contacts that an organisation or a group gives to everybody have a revision of their own.
    const book = queries.getQueryData(contactsQuery.queryKey);
    if (book?.sharedRevision !== news.shared) void queries.invalidateQueries(contactsQuery);
    void followProfile(news.revision, () => stopped);
  });
  return () => {
    stopped = true;
    stop();
  };
}

async function tellReminder(mail: string): Promise<void> {
  await (await import('../../reminder/due-notice.ts')).tellDue(mail);
}

async function tellSnooze(mail: string | null): Promise<void> {
  await (await import('../../snooze/tell-back.ts')).tellBack(mail);
}
