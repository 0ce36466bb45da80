import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `app-password add NAME`: what another program has to be told to send mail through the relay. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const made = await ask(profile.appPassword.add.mutate({ name: call.typed.words[0] ?? '' }));
  const words = call.words();
  const { submission } = made;
  const rows = [
    [words.userName, made.login],
    [words.password, made.password],
    ...(submission === null ? [] : [[words.submission, `${submission.host}:${submission.port}`]]),
  ];
  const text = [
    fill(words.appPasswordAdded, { name: made.name, id: made.id }),
    formatTable(rows),
    words.appPasswordOnce,
  ];
  return { value: made, text: text.join('\n') };
}
