import { MailError } from '../../../common/errors.ts';
import { foldLabel } from '../../../common/label-name.ts';
import { labelDefinition, type LabelDefinition } from '../../../common/shapes/label.ts';
import { checkShape } from './check-shape.ts';
import type { ItemRecord } from '../profile-store.ts';

/** A label as it may be kept: its name is no other label's. */
export function checkLabel(id: string, value: unknown, existing: readonly ItemRecord[]): LabelDefinition {
  const label = checkShape(labelDefinition, value);
  const key = foldLabel(label.name);
  const taken = existing.some(
    (other) =>
      other.id !== id && foldLabel((JSON.parse(other.value ?? 'null') as LabelDefinition).name) === key,
  );
  if (taken) {
    throw new MailError('name-taken', 'a label of that name is there', { field: 'name', reason: 'label' });
  }
  return label;
}
