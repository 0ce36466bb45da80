import type { Template } from '../../common/shapes/template.ts';
import type { Call, Outcome } from '../call.ts';
import { cut, formatTable } from '../format.ts';
import { listOwnItems } from '../profile-item/own-items.ts';
import { viewTemplate } from './own-templates.ts';

export async function run(call: Call): Promise<Outcome> {
  const templates = await listOwnItems<Template>(await call.connect(), 'templates');
  templates.sort((a, b) => a.name.localeCompare(b.name));
  const words = call.words();
  const rows = templates.map(({ id, name, subject }) => [id, cut(name, 40), cut(subject, 60)]);
  return {
    value: { templates: templates.map(viewTemplate) },
    text:
      rows.length === 0
        ? words.noTemplates
        : formatTable([[words.id, words.itemName, words.templateSubject], ...rows]),
  };
}
