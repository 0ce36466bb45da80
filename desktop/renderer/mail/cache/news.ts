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
  stop(): void;
}

/** Nothing is known yet: the first news are those since the lists were read. */
export function startNews(): News {
  let known: number | null = null;
  let wanted = 0;
  let pulling = false;
  setSeen(null);

  const pullAll = async (): Promise<void> => {
    let failures = 0;
    while (known !== null) {
      // A list whose answer took longer than the news, or a mail that was left out of them, is behind what is known.
      const since: number = Math.min(known, takeReadAt() ?? known);
      if (since >= wanted) return;
      const noteRead = beginReading();
      try {
        pendingChanges.beginNoting();
        const news = await storageServer().mail.changes.query({ since });
        if (known === null) return;
        // A store that was restored from a backup is behind what was known.
        if (news.modseq < since) wanted = known = news.modseq;
        else known = Math.max(known, news.modseq);
        wanted = Math.max(wanted, known);
        setSeen(known);
        if (!news.complete) void readAfresh();
        else {
          const left = takeNews(news.mails, news.removed, news.mailboxes);
          // They are looked at again once the server has done what the person did to them.
          if (left.length > 0) pendingChanges.whenEnded(left, () => noteRead(since));
        }
        if (news.modseq <= since) return;
        failures = 0;
      } catch {
        noteRead(since);
        failures += 1;
        await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_PAUSE, 500 * 2 ** failures)));
      }
    }
  };
  const pull = async (): Promise<void> => {
    if (pulling) return;
    pulling = true;
    try {
      await pullAll();
    } finally {
      pulling = false;
    }
  };
  const leave = whenReadAt(() => void pull());
  return {
    follow: (modseq) => {
      known ??= takeReadAt() ?? Math.max(0, modseq - OVERLAP);
      wanted = Math.max(wanted, modseq, known);
      if (modseq <= known) setSeen(known);
      void pull();
    },
    stop: () => {
      leave();
      known = null;
      // What this session read tells the next one nothing.
      takeReadAt();
    },
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
