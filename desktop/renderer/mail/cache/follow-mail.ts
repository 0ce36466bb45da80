import type { StoreEvent } from '../../../../common/shapes/event.ts';
import { storageServer, storageUrl, profileServer } from '../../session/clients.ts';
import { keepOpen } from '../../session/keep-open.ts';
import { followLive, type LiveTopic } from '../../session/live.ts';
import { serverStore, userStore } from '../../session/session.ts';
import { followProfile } from '../../profile/profile-sync.ts';
import { takeCheckEvent } from '../check.ts';
import { waitForList } from './mail-cache.ts';
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

/** Follows the storage-server's news until the returned function is called. */
export function followMail(): () => void {
  const news = startNews();
  const topic: LiveTopic<StoreEvent> = {
    name: `valija-mail ${storageUrl()} ${userStore.get()?.id ?? ''}`,
    isState: (event) => event.type === 'changed',
    open: (take) =>
      keepOpen((told) =>
        storageServer().event.watch.subscribe(
          {},
          { ...told, onData: ({ data }: { data: unknown }) => take(data as StoreEvent) },
        ),
      ),
  };
  const stop = followLive(topic, (event) => {
    if (event.type === 'check') takeCheckEvent(event);
    else if (event.type === 'changed') news.follow(event.modseq);
    else if (event.type === 'reminder') void tellReminder(event.mail);
    else if (event.type === 'snooze') void tellSnooze(event.mail);
  });
  return () => {
    stop();
    news.stop();
  };
}

/** Follows changes of the profile made on other PCs. */
export function followOwnProfile(): () => void {
  const topic: LiveTopic<{ revision: number }> = {
    name: `valija-profile ${serverStore.get().url} ${userStore.get()?.id ?? ''}`,
    isState: () => true,
    open: (take) =>
      keepOpen((told) =>
        profileServer().profile.watch.subscribe(
          {},
          { ...told, onData: ({ data }: { data: { revision: number } }) => take(data) },
        ),
      ),
  };
  return followLive(topic, ({ revision }) => void followProfile(revision).catch(() => undefined));
}

async function tellReminder(mail: string): Promise<void> {
  await (await import('../../reminder/due-notice.ts')).tellDue(mail);
}

async function tellSnooze(mail: string | null): Promise<void> {
  await (await import('../../snooze/tell-back.ts')).tellBack(mail);
}
