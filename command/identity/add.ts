import type { Identity } from '../../common/shapes/identity.ts';
import type { Call, Outcome } from '../call.ts';
import { saveOwnItem } from '../profile-item/own-items.ts';
import { fill } from '../words/words.ts';
import { makeDefault, readIdentityOptions, viewIdentity } from './own-identities.ts';

/** `identity add ADDRESS --account A …` */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const [address = ''] = call.typed.words;
  const empty = { account: '', address, name: null, replyTo: null, signature: null };
  const identity = await readIdentityOptions(call, connection, empty);
  const { id, value } = await saveOwnItem(connection, 'identities', null, identity);
  if (call.typed.has('default')) await makeDefault(connection, id);
  const saved: Identity = { ...(value ?? identity), id };
  return { value: viewIdentity(saved), text: fill(call.words().itemSaved, { name: saved.address, id }) };
}
