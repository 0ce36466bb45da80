import type { MailRow } from '../../../common/shapes/mail.ts';
import { NEVER_SNOOZED, type Snooze } from '../../../common/shapes/snooze.ts';
import { countMailsOf, listSelections } from '../mail/act-on-rows.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { actAtOnce, findMailbox, findRows, place } from '../mail/mail-actions.ts';
import { formatTime } from '../sending/change-waiting.ts';
import { readClock } from '../parts/clock.ts';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { dismiss, tell, tellProblem } from '../shell/notices.ts';
import { laterTexts } from '../text/later.ts';
import { say } from '../text/text.ts';
import { planTakeBack } from './plan-take-back.ts';
import { snoozesQuery } from './snoozes.ts';

/** Milliseconds in which it can be undone from its notice. */
const UNDO_MS = 8000;

function canSnooze({ role }: Pick<MailRow, 'role'>): boolean {
  return !NEVER_SNOOZED.has(role);
}

/** Out of the list at once, and back at `at` (ms). */
export async function snoozeMails(ids: readonly string[], at: number): Promise<void> {
  const before = findRows(ids).filter(canSnooze);
  if (before.length === 0) return tellRefused();
  const iso = new Date(at).toISOString();
  const archive = findMailbox('archive');
  const snoozed: string[] = [];
  let earlier: readonly Snooze[] | null = null;
  const work = async (): Promise<void> => {
    // Only the first time: a second try would find its own times.
    earlier ??= await queries.fetchQuery({ ...snoozesQuery, retry: false });
    for (const selection of listSelections(before)) {
      const done = await storageServer().snooze.set.mutate({ selection, at: iso });
      snoozed.push(...done.snoozed.map(({ mail }) => mail.id));
    }
  };
  let working: Promise<boolean> | null = null;
  const takeBack = async (): Promise<void> => {
    const after = before.map((row) => place(row, archive));
    await actAtOnce(after, before, async () => {
      // Only then is it known which mails of conversations it was.
      await working;
      const { end, set } = planTakeBack(snoozed, earlier ?? [], readClock());
      if (end.length > 0) await storageServer().snooze.end.mutate({ ids: end });
      for (const { at: former, ids: those } of set) {
        await storageServer().snooze.set.mutate({ selection: { ids: those }, at: former });
      }
    });
    await readSnoozes();
  };
  const notice = tell({
    kind: 'done',
    text: say(laterTexts, 'snoozed-until', { n: countMailsOf(before), time: formatTime(iso) }),
    action: { label: say(laterTexts, 'undo'), run: () => void takeBack() },
    lasts: UNDO_MS,
  });
  working = actAtOnce(
    before,
    before.map((row) => place(row, archive)),
    work,
  );
  if (!(await working)) dismiss(notice);
  await readSnoozes();
}

/** Back to where it was; the list of what waits shows it at once. */
export async function endSnooze(mail: string): Promise<void> {
  const before = queries.getQueryData(snoozesQuery.queryKey);
  queries.setQueryData<Snooze[]>(snoozesQuery.queryKey, (old) => old?.filter((one) => one.mail.id !== mail));
  try {
    await storageServer().snooze.end.mutate({ ids: [mail] });
    tell({ kind: 'done', text: say(laterTexts, 'snooze-ended'), action: null, lasts: 4000 });
  } catch (error) {
    queries.setQueryData(snoozesQuery.queryKey, before);
    tellProblem(toProblem(error), () => void endSnooze(mail));
  }
}

async function readSnoozes(): Promise<void> {
  await queries.invalidateQueries({ queryKey: snoozesQuery.queryKey });
}

function tellRefused(): void {
  tell({ kind: 'problem', text: say(laterTexts, 'snooze-refused'), action: null, lasts: 8000 });
}
