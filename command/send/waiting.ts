import type { Call, Outcome } from '../call.ts';
import { cut, formatAddresses, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { makeStatusValue } from './status-value.ts';

/** `send waiting`: what is held for undo or scheduled, from whichever PC, the next first. */
export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const { sends } = await ask(storage.sending.waiting.query());
  const words = call.words();
  const rows = sends.map(({ id, state, at, subject, to }) => [
    id,
    words[`state/${state}`],
    at === null ? '' : formatWhen(at, call.language()),
    cut(formatAddresses(to), 40),
    cut(subject || words.noSubject, 60),
  ]);
  const value = sends.map((send) => ({ ...makeStatusValue(send), subject: send.subject, to: send.to }));
  return { value: { sends: value }, text: rows.length === 0 ? words.nothingWaits : formatTable(rows) };
}
