import { createPublicKey } from 'node:crypto';

/** A DKIM key record (RFC 6376 3.6.1, RFC 8463) as it stands in DNS. */
export interface DkimRecord {
  /** `SELECTOR._domainkey.DOMAIN`. */
  name: string;
  value: string;
}

/** The record that lets receivers check what a key signs. */
export function writeDkimRecord(key: { domain: string; selector: string; privateKey: string }): DkimRecord {
  const { type, bytes } = readPublicKey(key.privateKey);
  return {
    name: `${key.selector}._domainkey.${key.domain}`,
    value: `v=DKIM1; k=${type}; p=${bytes.toString('base64')}`,
  };
}

/** How what is published compares to our key: `other` also when it was revoked (`p=`) or is for another use. */
export function compareDkimRecord(
  texts: readonly string[],
  privateKey: string,
): 'published' | 'missing' | 'other' {
  if (texts.length === 0) return 'missing';
  const own = readPublicKey(privateKey);
  const published = texts.some((text) => {
    const tags = readTags(text);
    if ((tags['v'] ?? 'DKIM1') !== 'DKIM1' || (tags['k'] ?? 'rsa') !== own.type) return false;
    if (!['*', 'email'].some((service) => (tags['s'] ?? '*').split(':').includes(service))) return false;
    if (tags['h'] !== undefined && !tags['h'].split(':').includes('sha256')) return false;
    return Buffer.from((tags['p'] ?? '').replace(/\s/g, ''), 'base64').equals(own.bytes);
  });
  return published ? 'published' : 'other';
}

/** RSA as SubjectPublicKeyInfo, Ed25519 as its 32 bytes (RFC 8463 3). */
function readPublicKey(privateKey: string): { type: 'rsa' | 'ed25519'; bytes: Buffer } {
  const key = createPublicKey(privateKey);
  const spki = key.export({ type: 'spki', format: 'der' });
  return key.asymmetricKeyType === 'ed25519'
    ? { type: 'ed25519', bytes: spki.subarray(-32) }
    : { type: 'rsa', bytes: spki };
}

function readTags(text: string): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) tags[part.slice(0, at).trim().toLowerCase()] = part.slice(at + 1).trim();
  }
  return tags;
}
