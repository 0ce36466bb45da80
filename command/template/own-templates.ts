import { htmlToText } from '../../common/compose/html-to-text.ts';
import type { Template } from '../../common/shapes/template.ts';
import type { Call } from '../call.ts';
import { pickItem, type OwnItem } from '../profile-item/own-items.ts';
import { readTextFile } from '../profile-item/read-text.ts';

/** Takes an id or a name. MailError `not-found`. */
export function pickTemplate(templates: readonly OwnItem<Template>[], typed: string): OwnItem<Template> {
  return pickItem(templates, typed, { name: ({ name }) => name, reason: 'template' });
}

/** What was typed put over what is there; HTML without a text of its own says what it says as text. */
export async function readTemplateOptions({ typed }: Call, before: Template): Promise<Template> {
  const read = async (name: 'text' | 'html'): Promise<string | null> => {
    const file = typed.text(name);
    return file === undefined ? null : await readTextFile(file);
  };
  const [text, html] = [await read('text'), await read('html')];
  return {
    name: typed.text('name') ?? before.name,
    subject: typed.text('subject') ?? before.subject,
    text: text ?? (html === null ? before.text : htmlToText(html)),
    // A new text alone makes the old HTML say something else.
    html: html ?? (text === null ? before.html : null),
  };
}

export function viewTemplate({ id, name, subject, text, html }: Template & { id: string }) {
  return { id, name, subject, text, html };
}
