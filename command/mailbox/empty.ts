import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `mailbox empty trash` or `junk`: for ever. */
export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const [mailbox = ''] = call.typed.words;
  const { changed } = await ask(storage.mailbox.empty.mutate({ mailbox }));
  return { value: { changed }, text: fill(call.words().changed, { n: changed }) };
}
