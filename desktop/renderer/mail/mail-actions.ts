import { foldLabel } from '../../../common/label-name.ts';
import type { Flag, MailRow } from '../../../common/shapes/mail.ts';
import type { Mailbox } from '../../../common/shapes/mailbox.ts';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { readSession } from '../session/tokens.ts';
import { explainLater } from '../shell/explain.ts';
import { dismiss, tell } from '../shell/notices.ts';
import { say, type Values } from '../text/text.ts';
import { applyChange, findRow, mailboxesQuery, queries, reviseConversations } from './cache/mail-cache.ts';
import { mailTexts, type MailText } from '../text/mail.ts';
import { countMailsOf, flagRows, moveRows, removeRows } from './act-on-rows.ts';
import { patchCounters } from './cache/patch-lists.ts';
import { pendingChanges } from './cache/pending.ts';
import { beginReading, readSeen } from './cache/seen.ts';
import { undoOperation } from './undo-operation.ts';

/** Milliseconds in which a move, delete or archive can be undone from its notice. */
const UNDO_MS = 8000;

/** Shows `after` at once, does the work, and shows `before` again when the server refuses, with Retry. */
export async function actAtOnce(
  before: readonly MailRow[],
  after: readonly MailRow[],
  work: () => Promise<unknown>,
): Promise<boolean> {
  const session = readSession();
  const ids = before.map((row) => row.id);
  const removed = ids.filter((id) => !after.some((row) => row.id === id));
  const end = pendingChanges.add(ids, after);
  const noteRead = beginReading();
  const from = readSeen();
  show(before, after, removed);
  try {
    await work();
    end(true);
    return true;
  } catch (error) {
    end(false);
    // After a sign-out these rows would be put into the lists of whoever comes next.
    if (session.aborted) return false;
    show(after, before, []);
    // What others did to these mails meanwhile was shown before, and is put in again.
    if (from !== null) noteRead(from);
    const reason = await explainLater(toProblem(error));
    if (session.aborted) return false;
    tell({
      kind: 'problem',
      text: say(mailTexts, 'not-done', { reason }),
      action: { label: say(mailTexts, 'retry'), run: () => void actAtOnce(before, after, work) },
      lasts: null,
    });
    return false;
  } finally {
    reviseConversations();
  }
}

function show(from: readonly MailRow[], to: readonly MailRow[], removed: readonly string[]): void {
  queries.setQueryData<Mailbox[]>(mailboxesQuery.queryKey, (old) =>
    old === undefined ? old : patchCounters(old, from, to),
  );
  applyChange({ mails: to, removed });
}

export function findRows(ids: readonly string[]): MailRow[] {
  return ids.map((id) => findRow(id)).filter((row) => row !== null);
}

/** `only-these`: not the other mails of a conversation whose row a mail is. */
export async function flagMails(
  ids: readonly string[],
  add: Flag[],
  remove: Flag[] = [],
  which: 'only-these' | 'conversations' = 'conversations',
): Promise<void> {
  const before = findRows(ids).filter(
    ({ flags, thread }) =>
      add.some((flag) => !flags.includes(flag)) ||
      remove.some((flag) => flags.includes(flag)) ||
      (add.includes('seen') && (thread?.unread ?? 0) > 0),
  );
  if (before.length === 0) return;
  const after = before.map((row) => ({
    ...row,
    flags: [...row.flags.filter((flag) => !remove.includes(flag) && !add.includes(flag)), ...add],
  }));
  // A conversation is read as a whole; a flag marks one mail of it.
  const whole = which === 'conversations' && [...add, ...remove].every((flag) => flag === 'seen');
  const rows = whole ? before : before.map((row) => ({ ...row, thread: undefined }));
  await actAtOnce(before, after, () => flagRows(rows, add, remove));
}

export async function labelMails(
  ids: readonly string[],
  add: readonly string[],
  remove: readonly string[],
): Promise<void> {
  const gone = new Set([...add, ...remove].map(foldLabel));
  const before = findRows(ids);
  const after = before.map((row) => ({
    ...row,
    labels: [...row.labels.filter((name) => !gone.has(foldLabel(name))), ...add],
  }));
  const changed = before.map((row) => row.id);
  const change = { ids: changed, add: [...add], remove: [...remove] };
  await actAtOnce(before, after, () => storageServer().mail.label.mutate(change));
}

export function findMailbox(target: string): Mailbox | undefined {
  return queries
    .getQueryData<Mailbox[]>(mailboxesQuery.queryKey)
    ?.find(({ id, role }) => id === target || role === target);
}

/** Moves to a mailbox (role or id) and offers to undo it. `done` is the sentence that says so. */
export async function moveMails(ids: readonly string[], to: string, done: MailText = 'moved'): Promise<void> {
  const target = findMailbox(to);
  const before = findRows(ids).filter((row) => row.mailbox !== target?.id && row.role !== to);
  if (before.length === 0) return;
  let operations: string[] = [];
  let working: Promise<boolean> | null = null;
  const takeBack = async (): Promise<void> => {
    await moveBack(
      before.filter((row) => (row.thread?.count ?? 1) < 2),
      working,
    );
    // Only the server's answer names the way back of whole conversations.
    await working;
    for (const operation of operations) await undoOperation(operation);
  };
  const notice = tell({
    kind: 'done',
    text: say(mailTexts, done, { n: countMailsOf(before), box: target?.name ?? '' } satisfies Values),
    action: { label: say(mailTexts, 'undo'), run: () => void takeBack() },
    lasts: UNDO_MS,
  });
  const after = before.map((row) => place(row, target));
  working = actAtOnce(before, after, async () => {
    operations = await moveRows(before, to);
  });
  const worked = await working;
  if (!worked) dismiss(notice);
}

export function place(row: MailRow, mailbox: Mailbox | undefined): MailRow {
  return mailbox === undefined
    ? { ...row, mailbox: '', role: null }
    : { ...row, mailbox: mailbox.id, role: mailbox.role };
}

/** Shown at once, but asked of the server only behind `there`, or it would move them there after they came back. */
async function moveBack(rows: readonly MailRow[], there: Promise<unknown> | null): Promise<void> {
  const homes = Map.groupBy(rows, (row) => row.mailbox);
  for (const [mailbox, group] of homes) {
    const now = group.map((row) => findRow(row.id) ?? place(row, undefined));
    const ids = group.map((row) => row.id);
    const flagged = group.map((row, at) => ({ ...row, flags: now[at]?.flags ?? row.flags }));
    await actAtOnce(now, flagged, async () => {
      await there;
      await storageServer().mail.move.mutate({ ids, to: mailbox });
    });
  }
}

/** To Trash; out of Trash, Junk and Drafts for ever, which the caller has asked about. */
export async function deleteForEver(ids: readonly string[]): Promise<void> {
  const before = findRows(ids);
  await actAtOnce(before, [], () => removeRows(before));
}
