import type { Call, Outcome } from '../call.ts';
import { formatWhen } from '../format.ts';
import { readTime } from '../send/send-options.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `remind set ID --at TIME`: replaces what was set for that mail before. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const at = readTime(typed.text('at') ?? '');
  const { storage } = await call.connect();
  const wish = { mail: typed.words[0] ?? '', at, unlessAnswered: typed.has('unless-answered') };
  const { reminder } = await ask(storage.remind.set.mutate(wish));
  const words = call.words();
  const when = formatWhen(reminder.at, call.language());
  const text = fill(reminder.unlessAnswered ? words.remindUnlessAnswered : words.remindAt, { when });
  return { value: { reminder }, text };
}
