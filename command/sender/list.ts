import type { Call, Outcome } from '../call.ts';
import { formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill, translate } from '../words/words.ts';

/** `sender list`: the addresses that the user can send from, by which way, and whether they are proven. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { senders } = await ask(profile.sender.list.query());
  const words = call.words();
  const lines = senders.map(({ address, way, proof, how, codeSentAt }) => [
    address,
    translate(words, 'way', way),
    translate(words, 'proof', how === null ? proof : `${proof}-${how}`),
    codeSentAt === null ? '' : fill(words.senderCodeSent, { when: formatWhen(codeSentAt, call.language()) }),
  ]);
  return { value: { senders }, text: formatTable(lines) };
}
