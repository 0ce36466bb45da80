import { placeOwnPicture, simplifyHtml } from '../../../common/compose/simple-html.ts';
import { MailError } from '../../../common/errors.ts';
import { foldName } from '../../../common/fold-name.ts';
import { template, type Template } from '../../../common/shapes/template.ts';
import { checkShape } from './check-shape.ts';
import type { ItemRecord } from '../profile-store.ts';

/** A template as it may be kept: its name is no other template's, its HTML harmless. */
export function checkTemplate(id: string, value: unknown, existing: readonly ItemRecord[]): Template {
  const given = checkShape(template, value);
  const taken = existing.some(
    (other) =>
      other.id !== id &&
      foldName((JSON.parse(other.value ?? 'null') as Template).name) === foldName(given.name),
  );
  if (taken) {
    throw new MailError('name-taken', 'a template of that name is there', {
      field: 'name',
      reason: 'template',
    });
  }
  return { ...given, html: given.html === null ? null : simplifyHtml(given.html, placeOwnPicture) };
}
