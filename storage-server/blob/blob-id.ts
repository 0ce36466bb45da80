import { createHmac, type KeyObject } from 'node:crypto';

/** HMAC-SHA-256 of a blob's bytes. A KeyObject: taking bytes in as a key anew for each blob costs a third of the hashing. */
export function makeBlobId(key: KeyObject, bytes: Uint8Array): string {
  return createHmac('sha256', key).update(bytes).digest('base64url');
}
