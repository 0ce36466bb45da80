import { MailError } from '../../../common/errors.ts';
import { type ItemValue, preferences } from '../../../common/shapes/profile.ts';

/** A preference's new value; `invalid` for an unknown key, a wrong value or an attempt to remove one. */
export function checkPreference(key: string, value: unknown): ItemValue {
  const field = preferences.shape[key as keyof typeof preferences.shape];
  const parsed = Object.hasOwn(preferences.shape, key) ? field.safeParse(value) : null;
  if (parsed?.success === true) return parsed.data;
  throw new MailError('invalid', `preference ${key} refused`, {
    field: key,
    reason: 'input',
    params: { field: key, problem: parsed?.error.issues[0]?.message ?? '' },
  });
}
