import { createHmac } from 'node:crypto';
import { MailError } from '../../common/errors.ts';

/** Without l, o, 0 and 1, which are read as others: 32 signs, 5 bits each. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP = 5;
const WHOLE = new RegExp(`^[${ALPHABET}]{${GROUPS * GROUP}}$`);
/** For people to tell them apart by. */
const NAME_LENGTH = 100;

/** What an app password is good for. */
export const SCOPES = ['submit'] as const;

/** Four groups of five signs, 100 random bits. */
export function makeAppPassword(random: (size: number) => Uint8Array): string {
  const signs = Array.from(random(GROUPS * GROUP), (byte) => ALPHABET[byte % ALPHABET.length]);
  return Array.from({ length: GROUPS }, (_, n) => signs.slice(n * GROUP, (n + 1) * GROUP).join('')).join('-');
}

/** As it was made, however it was typed: without hyphens and spaces, in capitals. Null for what can be none. */
export function normaliseAppPassword(typed: string): string | null {
  const signs = typed.slice(0, 200).toLowerCase().replace(/[\s-]/g, '');
  return WHOLE.test(signs) ? signs : null;
}

/** What the database keeps of it: 100 bits cannot be guessed, and without `key`, which is elsewhere, not even tried. */
export function hashAppPassword(key: Uint8Array, signs: string): string {
  return createHmac('sha256', key).update(signs).digest('base64url');
}

/** MailError `invalid`. */
export function checkAppPasswordName(name: string): string {
  const trimmed = name.normalize('NFC').trim();
  const length = Array.from(trimmed).length;
  if (length > 0 && length <= NAME_LENGTH && !/\p{Cc}/u.test(trimmed)) return trimmed;
  throw new MailError('invalid', 'name of an app password refused', {
    field: 'name',
    reason: 'app-password-name',
    params: { max: NAME_LENGTH },
  });
}
