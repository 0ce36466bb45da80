import type { Identity } from '../../common/shapes/identity.ts';
import type { Call, Outcome } from '../call.ts';
import { listOwnItems, saveOwnItem } from '../profile-item/own-items.ts';
import { fill } from '../words/words.ts';
import { makeDefault, pickIdentity, readIdentityOptions, viewIdentity } from './own-identities.ts';

/** `identity edit IDENTITY …`: what is named changes, all else stays. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const known = pickIdentity(
    await listOwnItems<Identity>(connection, 'identities'),
    call.typed.words[0] ?? '',
  );
  const identity = { ...(await readIdentityOptions(call, connection, known)), id: known.id };
  const { id, value } = await saveOwnItem<Identity>(connection, 'identities', known, identity);
  if (call.typed.has('default')) await makeDefault(connection, id);
  const saved = value ?? identity;
  return { value: viewIdentity(saved), text: fill(call.words().itemSaved, { name: saved.address, id }) };
}
