import type { ContactGroup } from '../../common/shapes/contact-group.ts';
import type { Call, Outcome } from '../call.ts';
import { listOwnItems, saveOwnItem } from '../profile-item/own-items.ts';
import { fill } from '../words/words.ts';
import { pickGroup } from './own-groups.ts';

/** The groups go, their contacts stay. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const all = await listOwnItems<ContactGroup>(connection, 'groups');
  const chosen = [...new Set(call.typed.words.map((typed) => pickGroup(all, typed)))];
  for (const group of chosen) await saveOwnItem(connection, 'groups', group, null);
  return {
    value: { removed: chosen.map(({ id }) => id) },
    text: fill(call.words().itemsRemoved, { n: chosen.length }),
  };
}
