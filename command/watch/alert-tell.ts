import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `alert tell ADDRESS`: alerts go to a mail address or a webhook (an http address) too; its secret is shown this once. */
export async function run(call: Call): Promise<Outcome> {
  const address = call.typed.words[0] ?? '';
  const { profile } = await call.connect();
  const webhook = /^https?:\/\//.test(address);
  const value = await ask(
    profile.alert.addTarget.mutate(
      webhook ? { kind: 'webhook', address } : { kind: 'mail', address, language: call.language() },
    ),
  );
  const words = call.words();
  const lines = [fill(words.alertTold, { id: value.id })];
  if (value.secret !== null) lines.push(fill(words.alertSecret, { secret: value.secret }));
  return { value, text: lines.join('\n') };
}
