import { hkdfSync } from 'node:crypto';
import { MailError } from '../../common/errors.ts';
import { maySeal } from './rotation/sealed-kinds.ts';
import { seal, unseal } from './seal.ts';

/** The key outside the database, under which everything secret inside it stands. */
export interface MasterKey {
  /** `aad` begins with one of SEALED_KINDS: what no rotation would find is not sealed. */
  seal(plain: Uint8Array, aad: readonly string[]): Buffer;
  /** MailError `unavailable` (`wrong-master-key`) when it was sealed under a key that this process does not know. */
  unseal(sealed: Uint8Array, aad: readonly string[]): Buffer;
  /** A key for one purpose, from which neither the others nor their root can be told; it outlives rotations. */
  derive(purpose: string): Buffer;
}

/** Before nonce and ciphertext stand this byte and the id of the master key. */
const FORMAT = 2;
const ID_BYTES = 8;

/** Master keys that are known, in the order in which they came; one of them seals. */
export class KeyRing implements MasterKey {
  readonly #random: (size: number) => Uint8Array;
  readonly #wrapping = new Map<string, Buffer>();
  #sealing = '';
  #root: Uint8Array | null = null;

  constructor(random: (size: number) => Uint8Array) {
    this.#random = random;
  }

  get ids(): string[] {
    return [...this.#wrapping.keys()];
  }

  /** Id of the key that seals. */
  get sealing(): string {
    return this.#sealing;
  }

  /** Answers its id. The first one seals until another is told to. */
  add(bytes: Uint8Array): string {
    const id = nameMasterKey(bytes);
    this.#wrapping.set(id, expand(bytes, 'wrap'));
    if (this.#sealing === '') this.#sealing = id;
    return id;
  }

  knows(id: string): boolean {
    return this.#wrapping.has(id);
  }

  sealWith(id: string): void {
    if (!this.#wrapping.has(id)) throw refuseMasterKey();
    this.#sealing = id;
  }

  /** What `derive` goes by; a secret of the database's own, sealed like the others. */
  setRoot(root: Uint8Array): void {
    this.#root = root;
  }

  seal(plain: Uint8Array, aad: readonly string[]): Buffer {
    if (!maySeal(aad[0])) throw new Error(`${aad[0]} is not among SEALED_KINDS: no rotation finds it`);
    const body = seal(this.#demand(this.#sealing), plain, aad, this.#random);
    return Buffer.concat([headOf(this.#sealing), body]);
  }

  unseal(sealed: Uint8Array, aad: readonly string[]): Buffer {
    const id = readKeyId(sealed);
    if (id !== null) return open(this.#demand(id), sealed.subarray(1 + ID_BYTES), aad);
    // From before keys had ids: whichever opens it.
    for (const key of this.#wrapping.values()) {
      try {
        return unseal(key, sealed, aad);
      } catch {
        // The next one.
      }
    }
    throw refuseMasterKey();
  }

  derive(purpose: string): Buffer {
    if (this.#root === null) throw new Error('the root secret is not open yet');
    return expand(this.#root, purpose);
  }

  #demand(id: string): Buffer {
    const key = this.#wrapping.get(id);
    if (key === undefined) throw refuseMasterKey();
    return key;
  }
}

/** A single key that is its own root, as all were before they could be rotated: for tests, and for what seeds databases. */
export function makeMasterKey(bytes: Uint8Array, random: (size: number) => Uint8Array): MasterKey {
  const ring = new KeyRing(random);
  ring.add(bytes);
  ring.setRoot(bytes);
  return ring;
}

/** 16 hexadecimal digits that tell nothing of the key. */
export function nameMasterKey(bytes: Uint8Array): string {
  return expand(bytes, 'key id').subarray(0, ID_BYTES).toString('hex');
}

/** Under which master key it stands; null for what was sealed before keys had ids. */
export function readKeyId(sealed: Uint8Array): string | null {
  if (sealed[0] !== FORMAT) return null;
  return Buffer.from(sealed.subarray(1, 1 + ID_BYTES)).toString('hex');
}

/** The first bytes of everything that is sealed under that key. */
export function headOf(id: string): Buffer {
  return Buffer.concat([Buffer.from([FORMAT]), Buffer.from(id, 'hex')]);
}

export function refuseMasterKey(cause?: unknown): MailError {
  return new MailError('unavailable', 'the master key is not the one of this database', {
    reason: 'wrong-master-key',
    ...(cause === undefined ? {} : { cause }),
  });
}

function open(key: Uint8Array, body: Uint8Array, aad: readonly string[]): Buffer {
  try {
    return unseal(key, body, aad);
  } catch (error) {
    throw refuseMasterKey(error);
  }
}

function expand(bytes: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', bytes, Buffer.alloc(0), `valija ${purpose}`, 32));
}
