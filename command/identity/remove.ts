import type { Identity } from '../../common/shapes/identity.ts';
import type { Call, Outcome } from '../call.ts';
import { listOwnItems, saveOwnItem } from '../profile-item/own-items.ts';
import { fill } from '../words/words.ts';
import { pickIdentity } from './own-identities.ts';

export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const all = await listOwnItems<Identity>(connection, 'identities');
  const chosen = [...new Set(call.typed.words.map((typed) => pickIdentity(all, typed)))];
  for (const identity of chosen) await saveOwnItem(connection, 'identities', identity, null);
  return {
    value: { removed: chosen.map(({ id }) => id) },
    text: fill(call.words().itemsRemoved, { n: chosen.length }),
  };
}
