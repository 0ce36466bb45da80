import { MailError } from '../../../common/errors.ts';

const KEY_BYTES = 32;
/** Old and new, and one more that somebody forgot. */
const MOST = 4;

/**
 * One key, or while they are changed several: base64 of 32 bytes, each on its own line; empty lines and such with `#` are
 * nothing. MailError `usage`, which names the place and never what stands there.
 */
export function parseKeys(text: string, place: string): Buffer[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const keys = lines.map((line) => (/^[A-Za-z0-9+/]{43}=$/.test(line) ? Buffer.from(line, 'base64') : null));
  const whole = keys.filter((key) => key?.length === KEY_BYTES) as Buffer[];
  if (whole.length === lines.length && lines.length >= 1 && lines.length <= MOST) return whole;
  throw new MailError('usage', `${place} does not hold 32 bytes in base64`, {
    field: 'VALIJA_MASTER_KEY_FILE',
    reason: 'setting-key',
    params: { setting: place },
  });
}

export function printKeys(keys: readonly Uint8Array[]): string {
  return keys.map((key) => `${Buffer.from(key).toString('base64')}\n`).join('');
}
