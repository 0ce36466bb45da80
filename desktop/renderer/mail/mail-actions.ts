import type { Flag, MailRow } from '../../../common/shapes/mail.ts';
import type { Mailbox } from '../../../common/shapes/mailbox.ts';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { explainLater } from '../shell/explain.ts';
import { dismiss, tell } from '../shell/notices.ts';
import { say, type Values } from '../text/text.ts';
import { applyChange, findRow, mailboxesQuery, queries } from './mail-cache.ts';
import { mailTexts, type MailText } from '../text/mail.ts';
import { patchCounters } from './patch-lists.ts';
import { pendingIds } from './pending.ts';

/** Milliseconds in which a move, delete or archive can be undone from its notice. */
const UNDO_MS = 8000;

/** Shows `after` at once, does the work, and shows `before` again when the server refuses, with Retry. */
async function actAtOnce(
  before: readonly MailRow[],
  after: readonly MailRow[],
  work: () => Promise<unknown>,
): Promise<boolean> {
  const ids = before.map((row) => row.id);
  const removed = ids.filter((id) => !after.some((row) => row.id === id));
  pendingIds.add(ids);
  show(before, after, removed);
  try {
    await work();
    return true;
  } catch (error) {
    show(after, before, []);
    const problem = toProblem(error);
    tell({
      kind: 'problem',
      text: say(mailTexts, 'not-done', { reason: await explainLater(problem) }),
      action: { label: say(mailTexts, 'retry'), run: () => void actAtOnce(before, after, work) },
      lasts: null,
    });
    return false;
  } finally {
    pendingIds.remove(ids);
  }
}

function show(from: readonly MailRow[], to: readonly MailRow[], removed: readonly string[]): void {
  queries.setQueryData<Mailbox[]>(mailboxesQuery.queryKey, (old) =>
    old === undefined ? old : patchCounters(old, from, to),
  );
  applyChange({ mails: to, removed });
}

function findRows(ids: readonly string[]): MailRow[] {
  return ids.map((id) => findRow(id)).filter((row) => row !== null);
}

export async function flagMails(ids: readonly string[], add: Flag[], remove: Flag[] = []): Promise<void> {
  const before = findRows(ids).filter(
    ({ flags }) => add.some((flag) => !flags.includes(flag)) || remove.some((flag) => flags.includes(flag)),
  );
  if (before.length === 0) return;
  const after = before.map((row) => ({
    ...row,
    flags: [...row.flags.filter((flag) => !remove.includes(flag) && !add.includes(flag)), ...add],
  }));
  const changed = before.map((row) => row.id);
  await actAtOnce(before, after, () => storageServer().mail.flag.mutate({ ids: changed, add, remove }));
}

function findMailbox(target: string): Mailbox | undefined {
  return queries
    .getQueryData<Mailbox[]>(mailboxesQuery.queryKey)
    ?.find(({ id, role }) => id === target || role === target);
}

/** Moves to a mailbox (role or id) and offers to undo it. `done` is the sentence that says so. */
export async function moveMails(ids: readonly string[], to: string, done: MailText = 'moved'): Promise<void> {
  const target = findMailbox(to);
  const before = findRows(ids).filter((row) => row.mailbox !== target?.id && row.role !== to);
  if (before.length === 0) return;
  const notice = tell({
    kind: 'done',
    text: say(mailTexts, done, { n: before.length, box: target?.name ?? '' } satisfies Values),
    action: { label: say(mailTexts, 'undo'), run: () => void moveBack(before) },
    lasts: UNDO_MS,
  });
  const after = before.map((row) => place(row, target));
  const moved = before.map((row) => row.id);
  const worked = await actAtOnce(before, after, () => storageServer().mail.move.mutate({ ids: moved, to }));
  if (!worked) dismiss(notice);
}

function place(row: MailRow, mailbox: Mailbox | undefined): MailRow {
  return mailbox === undefined
    ? { ...row, mailbox: '', role: null }
    : { ...row, mailbox: mailbox.id, role: mailbox.role };
}

async function moveBack(rows: readonly MailRow[]): Promise<void> {
  const homes = Map.groupBy(rows, (row) => row.mailbox);
  for (const [mailbox, group] of homes) {
    const now = group.map((row) => findRow(row.id) ?? place(row, undefined));
    const ids = group.map((row) => row.id);
    const flagged = group.map((row, at) => ({ ...row, flags: now[at]?.flags ?? row.flags }));
    await actAtOnce(now, flagged, () => storageServer().mail.move.mutate({ ids, to: mailbox }));
  }
}

/** To Trash; out of Trash, Junk and Drafts for ever, which the caller has asked about. */
export async function deleteForEver(ids: readonly string[]): Promise<void> {
  const before = findRows(ids);
  const removed = before.map((row) => row.id);
  await actAtOnce(before, [], () => storageServer().mail.remove.mutate({ ids: removed }));
}
