import type { Template } from '../../common/shapes/template.ts';
import type { Call, Outcome } from '../call.ts';
import { listOwnItems } from '../profile-item/own-items.ts';
import { pickTemplate, viewTemplate } from './own-templates.ts';

export async function run(call: Call): Promise<Outcome> {
  const templates = await listOwnItems<Template>(await call.connect(), 'templates');
  const found = pickTemplate(templates, call.typed.words[0] ?? '');
  return { value: viewTemplate(found), text: found.text };
}
