import type { Call, Outcome } from '../call.ts';
import { cut, formatAddresses, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `snooze list`: what waits and what has come back, the earliest first. */
export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const { snoozed } = await ask(storage.snooze.list.query());
  const words = call.words();
  const rows = snoozed.map(({ mail, at, state }) => [
    mail.id,
    state === 'back' ? words.snoozeBack : words.snoozeWaiting,
    formatWhen(at, call.language()),
    cut(formatAddresses(mail.from), 30),
    cut(mail.subject || words.noSubject, 50),
  ]);
  return { value: { snoozed }, text: rows.length === 0 ? words.nothingSnoozed : formatTable(rows) };
}
