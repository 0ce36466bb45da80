import { createHash } from 'node:crypto';

/** Without l, o, 0 and 1, which are read as others: 32 signs, 5 bits each. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP = 4;
const WHOLE = new RegExp(`^[${ALPHABET}]{${GROUPS * GROUP}}$`);
/** As many as fit on a slip of paper. */
const RECOVERY_CODES = 10;

/** Ten codes of four groups of four signs, 80 random bits each: `abcd-efgh-ijkm-npqr`. */
export function makeRecoveryCodes(random: (size: number) => Uint8Array): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const signs = Array.from(random(GROUPS * GROUP), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
    return Array.from({ length: GROUPS }, (_, n) => signs.slice(n * GROUP, (n + 1) * GROUP)).join('-');
  });
}

/** As it was made, however it was typed. Null for what can be none. */
export function normaliseRecoveryCode(typed: string): string | null {
  const signs = typed.slice(0, 200).toLowerCase().replace(/[\s-]/g, '');
  return WHOLE.test(signs) ? signs : null;
}

/** What the database keeps: 80 bits cannot be guessed, and the user's id keeps equal codes of two apart. */
export function hashRecoveryCode(user: string, signs: string): string {
  return createHash('sha256')
    .update(JSON.stringify([user, signs]))
    .digest('base64url');
}
