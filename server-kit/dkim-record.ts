import type { KeyObject } from 'node:crypto';
import type { DkimAlgorithm } from '../common/shapes/dkim.ts';

/** A DKIM key record (RFC 6376 3.6.1, RFC 8463) as it stands in DNS. */
export interface DkimRecord {
  /** `SELECTOR._domainkey.DOMAIN`. */
  name: string;
  value: string;
}

/** `publicKey` as `exportPublicKey` gives it, in base64. */
export function formatDkimRecord(key: {
  domain: string;
  selector: string;
  algorithm: DkimAlgorithm;
  publicKey: string;
}): DkimRecord {
  return {
    name: `${key.selector}._domainkey.${key.domain}`,
    value: `v=DKIM1; k=${key.algorithm}; p=${key.publicKey}`,
  };
}

/** A public key as `p=` holds it: RSA as SubjectPublicKeyInfo, Ed25519 as its 32 bytes alone (RFC 8463 3). */
export function exportPublicKey(key: KeyObject): { algorithm: DkimAlgorithm; bytes: Buffer } {
  const spki = key.export({ type: 'spki', format: 'der' });
  return key.asymmetricKeyType === 'ed25519'
    ? { algorithm: 'ed25519', bytes: spki.subarray(-32) }
    : { algorithm: 'rsa', bytes: spki };
}
