import { foldAddress } from '../../common/compose/recipients.ts';
import { MailError } from '../../common/errors.ts';
import type { Call, Outcome } from '../call.ts';
import { formatWhen } from '../format.ts';
import { ask, type Connection } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `sender verify ADDRESS`: has a code mailed to it; with `--code` proves with that code that the address is the user's. */
export async function run(call: Call): Promise<Outcome> {
  const typed = call.typed.words[0] ?? '';
  const code = call.typed.text('code');
  const connection = await call.connect();
  const identity = await findIdentityId(connection, typed);
  const { sender } = connection.profile;
  const words = call.words();
  if (code !== undefined) {
    const { address } = await ask(sender.confirm.mutate({ identity, code }));
    return { value: { address, proven: true }, text: fill(words.senderProven, { address }) };
  }
  const { sentTo, expiresAt } = await ask(sender.sendCode.mutate({ identity }));
  const until = formatWhen(expiresAt, call.language());
  return { value: { sentTo, expiresAt }, text: fill(words.senderCodeHow, { address: sentTo, until }) };
}

/** MailError `route-refused` (`not-your-address`). */
async function findIdentityId({ profile }: Connection, address: string): Promise<string> {
  const { senders } = await ask(profile.sender.list.query());
  const found = senders.find((one) => foldAddress(one.address) === foldAddress(address));
  if (found === undefined) {
    const params = { from: address };
    throw new MailError('route-refused', 'no such sender', { reason: 'not-your-address', params });
  }
  return found.identity;
}
