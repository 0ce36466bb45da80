import type { StoreEvent } from '../../../../common/shapes/event.ts';
import type { MailRow } from '../../../../common/shapes/mail.ts';
import type { Mailbox } from '../../../../common/shapes/mailbox.ts';
import { storageServer, storageUrl, profileServer } from '../../session/clients.ts';
import { keepOpen } from '../../session/keep-open.ts';
import { followLive, type LiveTopic } from '../../session/live.ts';
import { serverStore, userStore } from '../../session/session.ts';
import { followProfile } from '../../profile/profile-sync.ts';
import { takeCheckEvent } from '../check.ts';
import { applyChange, queries, waitForList } from './mail-cache.ts';
import { pendingChanges } from './pending.ts';
import { announceNewMail } from './new-mail.ts';
import { setSeen, takeReadAt } from './seen.ts';
import { readWaiting } from '../../sending/waiting.ts';

/** How far back to look at the first event where no list said what it was read at. */
const OVERLAP = 50;
/** Milliseconds after which news are followed also without a list. */
const PATIENCE = 1500;

let known: number | null = null;
let pulling: Promise<void> | null = null;
let wanted = 0;

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
  known = null;
  setSeen(null);
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
    else if (event.type === 'changed') pullChanges(event.modseq);
    else if (event.type === 'reminder') void tellReminder(event.mail);
    else if (event.type === 'snooze') void tellSnooze(event.mail);
  });
  return () => {
    stop();
    // What this session read tells the next one nothing.
    takeReadAt();
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

/** Reads what changed up to `modseq`; news that come meanwhile are read right after. */
function pullChanges(modseq: number): void {
  wanted = Math.max(wanted, modseq);
  known ??= takeReadAt() ?? Math.max(0, modseq - OVERLAP);
  if (modseq <= known) return setSeen(known);
  pulling ??= pull().finally(() => (pulling = null));
}

async function pull(): Promise<void> {
  let failures = 0;
  while (known !== null && known < wanted) {
    try {
      const before: number = known;
      pendingChanges.beginNoting();
      const news = await storageServer().mail.changes.query({ since: before });
      known = Math.max(news.modseq, before);
      wanted = Math.max(wanted, known);
      if (!news.complete) await readAfresh();
      else takeNews(news.mails, news.removed, news.mailboxes);
      setSeen(known);
      if (news.modseq <= before) return;
      failures = 0;
    } catch {
      failures += 1;
      if (failures > 5) return;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** failures));
    }
  }
}

async function readAfresh(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['list'] });
  await queries.invalidateQueries({ queryKey: ['mailboxes'] });
  await queries.invalidateQueries({ queryKey: ['snoozes'] });
}

function takeNews(
  mails: readonly MailRow[],
  removed: readonly string[],
  mailboxes: readonly Mailbox[],
): void {
  // What the person just did is shown already; the server's older view of those rows must not flicker in between.
  const settled = mails.filter((row) => !pendingChanges.wasTouched(row.id));
  announceNewMail(settled);
  applyChange({ mails: settled, removed });
  if (mailboxes.length > 0) putMailboxes(mailboxes);
  if (mails.some(({ role }) => role === 'sent' || role === 'drafts')) void readWaiting();
  for (const row of mails) {
    if (row.role === 'sent' || row.role === 'drafts') {
      void queries.invalidateQueries({ queryKey: ['mail', row.id] });
      void queries.invalidateQueries({ queryKey: ['draft', row.id] });
    }
  }
  for (const id of removed) queries.removeQueries({ queryKey: ['mail', id] });
}

function putMailboxes(newer: readonly Mailbox[]): void {
  queries.setQueryData<Mailbox[]>(['mailboxes'], (old) => {
    if (old === undefined) return old;
    const byId = new Map(newer.map((mailbox) => [mailbox.id, mailbox]));
    const kept = old.map((mailbox) => byId.get(mailbox.id) ?? mailbox);
    const added = newer.filter((mailbox) => !old.some(({ id }) => id === mailbox.id));
    return [...kept, ...added];
  });
}
