import type { Template } from '../../common/shapes/template.ts';
import type { Call, Outcome } from '../call.ts';
import { listOwnItems, saveOwnItem } from '../profile-item/own-items.ts';
import { fill } from '../words/words.ts';
import { pickTemplate, readTemplateOptions, viewTemplate } from './own-templates.ts';

/** `template edit NAME …`: what is named changes, all else stays. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const { id, revision, ...before } = pickTemplate(
    await listOwnItems<Template>(connection, 'templates'),
    call.typed.words[0] ?? '',
  );
  const template = await readTemplateOptions(call, before);
  const { value } = await saveOwnItem<Template>(connection, 'templates', { id, revision }, template);
  const saved = { ...(value ?? template), id };
  return { value: viewTemplate(saved), text: fill(call.words().itemSaved, { name: saved.name, id }) };
}
