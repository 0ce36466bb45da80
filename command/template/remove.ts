import type { Template } from '../../common/shapes/template.ts';
import type { Call, Outcome } from '../call.ts';
import { listOwnItems, saveOwnItem } from '../profile-item/own-items.ts';
import { fill } from '../words/words.ts';
import { pickTemplate } from './own-templates.ts';

export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const all = await listOwnItems<Template>(connection, 'templates');
  // All are found before the first one goes.
  const chosen = [...new Set(call.typed.words.map((typed) => pickTemplate(all, typed)))];
  for (const template of chosen) await saveOwnItem(connection, 'templates', template, null);
  return {
    value: { removed: chosen.map(({ id }) => id) },
    text: fill(call.words().itemsRemoved, { n: chosen.length }),
  };
}
