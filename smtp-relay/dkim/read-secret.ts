import { createPrivateKey, type KeyObject } from 'node:crypto';

const MAX_KNOWN = 200;
const known = new Map<string, KeyObject>();

/** The key of a PEM; kept, because reading one costs as much as signing with it. Throws when it is none. */
export function readSecret(pem: string): KeyObject {
  const before = known.get(pem);
  if (before !== undefined) return before;
  if (known.size >= MAX_KNOWN) known.clear();
  const secret = createPrivateKey(pem);
  known.set(pem, secret);
  return secret;
}
