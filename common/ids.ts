/** Opaque ids on the wire: `[A-Za-z0-9][A-Za-z0-9_-]{0,63}`. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** An id such as `acc_3k9f…`: a prefix that people can recognise and 20 characters (about 100 bits) made from `random`. */
export function makeId(prefix: string, random: (size: number) => Uint8Array): string {
  let text = '';
  while (text.length < 20) {
    for (const byte of random(32)) {
      if (byte < 252 && text.length < 20) text += ALPHABET[byte % 36];
    }
  }
  return `${prefix}_${text}`;
}
