import type { Template } from '../../common/shapes/template.ts';
import type { Call, Outcome } from '../call.ts';
import { saveOwnItem } from '../profile-item/own-items.ts';
import { fill } from '../words/words.ts';
import { readTemplateOptions, viewTemplate } from './own-templates.ts';

/** `template add NAME --subject S --text FILE --html FILE` */
export async function run(call: Call): Promise<Outcome> {
  const [name = ''] = call.typed.words;
  const template = await readTemplateOptions(call, { name, subject: '', text: '', html: null });
  const { id, value } = await saveOwnItem<Template>(await call.connect(), 'templates', null, template);
  const saved = { ...(value ?? template), id };
  return { value: viewTemplate(saved), text: fill(call.words().itemSaved, { name: saved.name, id }) };
}
