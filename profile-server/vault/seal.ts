import { createCipheriv, createDecipheriv } from 'node:crypto';

const FORMAT = 1;
const NONCE = 12;
const TAG = 16;

/** AES-256-GCM: format byte, nonce, ciphertext, tag. `aad` says whose it is, so that a sealed value moved elsewhere does not open. */
export function seal(
  key: Uint8Array,
  plain: Uint8Array,
  aad: readonly string[],
  random: (size: number) => Uint8Array,
): Buffer {
  const nonce = random(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(encodeAad(aad));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([FORMAT]), nonce, body, cipher.getAuthTag()]);
}

/** Throws when the key, the place or the bytes are not those of sealing. */
export function unseal(key: Uint8Array, sealed: Uint8Array, aad: readonly string[]): Buffer {
  if (sealed[0] !== FORMAT || sealed.length < 1 + NONCE + TAG) throw new Error('not a sealed value');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE));
  decipher.setAAD(encodeAad(aad));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE, sealed.length - TAG)), decipher.final()]);
}

/** As JSON, so that no two lists of names give the same bytes. */
function encodeAad(aad: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(aad));
}
