import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `undo OPERATION`: takes back what flag, move, label and others changed. */
export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const [operation = ''] = call.typed.words;
  const { changed, skipped } = await ask(storage.mail.undo.mutate({ operation }));
  const words = call.words();
  const lines = [fill(words.undone, { n: changed })];
  if (skipped > 0) lines.push(fill(words.undoSkipped, { n: skipped }));
  return { value: { changed, skipped }, text: lines.join('\n') };
}
