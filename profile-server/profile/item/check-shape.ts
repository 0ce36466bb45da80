import type { z } from 'zod';
import { MailError } from '../../../common/errors.ts';

/** A value of that shape; MailError `invalid` names the field that is not. */
export function checkShape<Shape extends z.ZodType>(shape: Shape, value: unknown): z.infer<Shape> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  throw new MailError('invalid', 'the value has not the right shape', {
    field: field === '' ? 'value' : field,
    reason: 'input',
    params: { field: field === '' ? 'value' : field, problem: issue?.message ?? '' },
  });
}
