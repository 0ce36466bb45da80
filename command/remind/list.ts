import type { Call, Outcome } from '../call.ts';
import { cut, formatAddresses, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `remind list`: what is due and what waits, the earliest first. */
export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const { reminders } = await ask(storage.remind.list.query());
  const words = call.words();
  const rows = reminders.map(({ mail, at, unlessAnswered, state }) => [
    mail.id,
    state === 'due' ? words.reminderDue : words.reminderWaiting,
    formatWhen(at, call.language()),
    cut(formatAddresses(mail.role === 'sent' ? mail.to : mail.from), 30),
    cut(mail.subject || words.noSubject, 50),
    unlessAnswered ? words.reminderUnlessAnswered : '',
  ]);
  return { value: { reminders }, text: rows.length === 0 ? words.noReminders : formatTable(rows) };
}
