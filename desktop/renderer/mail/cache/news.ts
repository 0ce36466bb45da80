import type { MailRow } from '../../../../common/shapes/mail.ts';
import type { Mailbox } from '../../../../common/shapes/mailbox.ts';
import { readWaiting } from '../../sending/waiting.ts';
import { storageServer } from '../../session/clients.ts';
import { applyChange, queries } from './mail-cache.ts';
import { announceNewMail } from './new-mail.ts';
import { pendingChanges } from './pending.ts';
import { beginReading, setSeen, takeReadAt, whenReadAt } from './seen.ts';

/** How far back to look at the first event where no list said what it was read at. */
const OVERLAP = 50;

/** Milliseconds between two tries. */
const LONGEST_PAUSE = 30_000;

/** What changed in the store, put into all that is loaded here. */
export interface News {
  /** Reads what changed up to `modseq`; news that come meanwhile are read right after. */
  follow(modseq: number): void;
  /** The stream was broken: what it says next may be of a store that was restored from a backup, and is behind. */
  lookBack(): void;
  stop(): void;
}

/** Nothing is known yet: the first news are those since the lists were read. */
export function startNews(): News {
  let known: number | null = null;
  let wanted = 0;
  let failures = 0;
  let mayBeBehind = false;
  /** Ends the pause after a failure. */
  let hurry = (): void => undefined;
  setSeen(null);

  const ask = async (since: number): Promise<void> => {
    const noteRead = beginReading();
    try {
      pendingChanges.beginNoting();
      const news = await storageServer().mail.changes.query({ since });
      if (known === null) return;
      known = Math.max(known, news.modseq);
      wanted = news.modseq <= since ? known : Math.max(wanted, known);
      failures = 0;
      setSeen(known);
      if (!news.complete) return void readAfresh();
      const left = takeNews(news.mails, news.removed, news.mailboxes);
      // They are looked at again once the server has done what the person did to them.
      if (left.length > 0) pendingChanges.whenEnded(left, () => noteRead(since));
    } catch {
      noteRead(since);
      failures += 1;
      const over = Promise.withResolvers<void>();
      hurry = over.resolve;
      const pause = setTimeout(hurry, Math.min(LONGEST_PAUSE, 500 * 2 ** failures));
      await over.promise;
      clearTimeout(pause);
    }
  };
  const pullAll = async (): Promise<void> => {
    for (;;) {
      if (known === null) return;
      // A list whose answer took longer than the news, or a mail that was left out of them, is behind what is known.
      const since = Math.min(known, takeReadAt() ?? known);
      if (since >= wanted) return;
      await ask(since);
    }
  };
  const pull = keepAtIt(pullAll);
  const leave = whenReadAt(pull);
  return {
    follow: (modseq) => {
      if (mayBeBehind && known !== null && modseq < known) {
        known = wanted = modseq;
        setSeen(known);
        void readAfresh();
      }
      mayBeBehind = false;
      known ??= takeReadAt() ?? Math.max(0, modseq - OVERLAP);
      wanted = Math.max(wanted, modseq, known);
      if (modseq <= known) setSeen(known);
      failures = 0;
      hurry();
      pull();
    },
    lookBack: () => {
      mayBeBehind = true;
    },
    stop: () => {
      leave();
      known = null;
      hurry();
      // What this session read tells the next one nothing.
      takeReadAt();
    },
  };
}

/** One run at a time; whoever calls during one, up to its very end, gets another. */
function keepAtIt(work: () => Promise<void>): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await work();
    }
    isRunning = false;
  };
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}

async function readAfresh(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['list'] });
  await queries.invalidateQueries({ queryKey: ['mailboxes'] });
  await queries.invalidateQueries({ queryKey: ['snoozes'] });
}

/** Returns the ids of the mails that were left out. */
function takeNews(
  mails: readonly MailRow[],
  removed: readonly string[],
  mailboxes: readonly Mailbox[],
): string[] {
  // What the person just did is shown already; the server's older view of those rows must not flicker in between.
  const { settled = [], left = [] } = Object.groupBy(mails, (row) =>
    pendingChanges.wasTouched(row.id) ? 'left' : 'settled',
  );
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
  return left.map(({ id }) => id);
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
