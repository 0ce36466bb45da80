import {
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { makeId } from '../../../common/ids.ts';
import type { MasterKey } from '../master-key.ts';
import { seal, unseal } from '../seal.ts';

type Random = (size: number) => Uint8Array;

/** This process as the others know it; its private key is in its memory only and dies with it. */
export interface OwnProcess {
  id: string;
  publicKey: string;
  /** What `sealFor` made for this process. Throws for any other. */
  open(sealed: Uint8Array, aad: readonly string[]): Buffer;
}

export function makeOwnProcess(random: Random): OwnProcess {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return {
    id: makeId('proc', random),
    publicKey: rawOf(publicKey),
    open: (sealed, aad) => {
      const sender = readPublicKey(Buffer.from(sealed.subarray(0, 32)).toString('base64url'));
      return unseal(agree(privateKey, sender), sealed.subarray(32), aad);
    },
  };
}

/** For that process alone: an ephemeral X25519 key, HKDF-SHA-256, AES-256-GCM. The first 32 bytes are the ephemeral key. */
export function sealFor(
  publicKey: string,
  plain: Uint8Array,
  aad: readonly string[],
  random: Random,
): Buffer {
  const once = generateKeyPairSync('x25519');
  const key = agree(once.privateKey, readPublicKey(publicKey));
  return Buffer.concat([Buffer.from(rawOf(once.publicKey), 'base64url'), seal(key, plain, aad, random)]);
}

/** That the owner of this public key knows the master key: who can only write to the database gets nothing sealed for him. */
export function proveProcess(masterKey: MasterKey, process: { id: string; publicKey: string }): string {
  return createHmac('sha256', masterKey.derive('process'))
    .update(JSON.stringify([process.id, process.publicKey]))
    .digest('base64url');
}

export function isProven(
  masterKey: MasterKey,
  process: { id: string; public_key: string; proof: string },
): boolean {
  const expected = Buffer.from(proveProcess(masterKey, { id: process.id, publicKey: process.public_key }));
  const given = Buffer.from(process.proof);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function agree(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const shared = diffieHellman({ privateKey, publicKey });
  return Buffer.from(hkdfSync('sha256', shared, Buffer.alloc(0), 'valija process', 32));
}

function rawOf(publicKey: KeyObject): string {
  return publicKey.export({ format: 'jwk' }).x ?? '';
}

function readPublicKey(raw: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: raw }, format: 'jwk' });
}
