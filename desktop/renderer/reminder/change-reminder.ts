import type { Reminder } from '../../../common/shapes/reminder.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { formatTime } from '../sending/change-waiting.ts';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { laterTexts } from '../text/later.ts';
import { say } from '../text/text.ts';
import { remindersQuery } from './reminders.ts';

/** Sets the reminder of a mail, or gives it another time. `at` in ms. */
export async function setReminder(mail: string, at: number, unlessAnswered: boolean): Promise<void> {
  const iso = new Date(at).toISOString();
  try {
    await storageServer().remind.set.mutate({ mail, at: iso, unlessAnswered });
    await queries.invalidateQueries({ queryKey: remindersQuery.queryKey });
    const time = formatTime(iso);
    tell({ kind: 'done', text: say(laterTexts, 'remind-done-set', { time }), action: null, lasts: 5000 });
  } catch (error) {
    tellProblem(toProblem(error), () => void setReminder(mail, at, unlessAnswered));
  }
}

/** Takes it off the list, which shows that at once. */
export async function endReminder(mail: string, how: 'done' | 'cancel'): Promise<void> {
  const before = queries.getQueryData(remindersQuery.queryKey);
  queries.setQueryData<Reminder[]>(remindersQuery.queryKey, (old) =>
    old?.filter((one) => one.mail.id !== mail),
  );
  try {
    const { remind } = storageServer();
    await (how === 'done' ? remind.done.mutate({ mail }) : remind.cancel.mutate({ mail }));
    const text = say(laterTexts, how === 'done' ? 'reminder-done' : 'reminder-gone');
    tell({ kind: 'done', text, action: null, lasts: 4000 });
  } catch (error) {
    queries.setQueryData(remindersQuery.queryKey, before);
    tellProblem(toProblem(error), () => void endReminder(mail, how));
  }
}
