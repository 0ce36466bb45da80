import { createPublicKey } from 'node:crypto';
import { exportPublicKey, formatDkimRecord, type DkimRecord } from '../../server-kit/dkim-record.ts';

/** The record that lets receivers check what a key signs. */
export function writeDkimRecord(key: { domain: string; selector: string; privateKey: string }): DkimRecord {
  const { algorithm, bytes } = exportPublicKey(createPublicKey(key.privateKey));
  return formatDkimRecord({ ...key, algorithm, publicKey: bytes.toString('base64') });
}

/** How what is published compares to our key: `other` also when it was revoked (`p=`) or is for another use. */
export function compareDkimRecord(
  texts: readonly string[],
  privateKey: string,
): 'published' | 'missing' | 'other' {
  if (texts.length === 0) return 'missing';
  const own = exportPublicKey(createPublicKey(privateKey));
  const published = texts.some((text) => {
    const tags = readTags(text);
    if ((tags['v'] ?? 'DKIM1') !== 'DKIM1' || (tags['k'] ?? 'rsa') !== own.algorithm) return false;
    if (!['*', 'email'].some((service) => (tags['s'] ?? '*').split(':').includes(service))) return false;
    if (tags['h'] !== undefined && !tags['h'].split(':').includes('sha256')) return false;
    return Buffer.from((tags['p'] ?? '').replace(/\s/g, ''), 'base64').equals(own.bytes);
  });
  return published ? 'published' : 'other';
}

function readTags(text: string): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) tags[part.slice(0, at).trim().toLowerCase()] = part.slice(at + 1).trim();
  }
  return tags;
}
