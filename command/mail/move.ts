import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const to = call.typed.text('to') ?? '';
  const { changed } = await ask(storage.mail.move.mutate({ ids: call.typed.words, to }));
  return { value: { changed }, text: fill(call.words().changed, { n: changed }) };
}
