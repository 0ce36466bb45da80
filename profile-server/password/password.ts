import { argon2, timingSafeEqual } from 'node:crypto';
import { HashQueue } from './hash-queue.ts';

/** Argon2id, 46 MiB, one pass, one lane. */
const COST = { memory: 47_104, passes: 1, parallelism: 1, tagLength: 32 } as const;
const SALT_BYTES = 16;

interface Cost {
  memory: number;
  passes: number;
  parallelism: number;
}

/** How a hash is waited for: `from` is the place that asks, see HashQueue; `background` is what nobody waits for. */
export interface HashWaiting {
  from?: string;
  background?: boolean;
}

/** Hashes and checks passwords, a few at a time; MailError `unavailable` (`busy`) where too many want it. */
export class PasswordHasher {
  readonly #random: (size: number) => Uint8Array;
  readonly #queue = new HashQueue();
  #decoy: string | null = null;

  constructor(random: (size: number) => Uint8Array) {
    this.#random = random;
  }

  /** A PHC string: `$argon2id$v=19$m=47104,t=1,p=1$salt$hash`. */
  async hash(password: string, waiting: HashWaiting = {}): Promise<string> {
    const salt = this.#random(SALT_BYTES);
    const compute = async (): Promise<Buffer> => await derive(password, salt, COST, COST.tagLength);
    return writePhc(salt, await this.#wait(waiting, compute));
  }

  /** With `phc` null (no such user) it takes as long and says no. */
  async verify(password: string, phc: string | null, waiting: HashWaiting = {}): Promise<boolean> {
    // Nobody knows the password of it, and nobody has to: only its cost is like that of others.
    this.#decoy ??= writePhc(this.#random(SALT_BYTES), this.#random(COST.tagLength));
    const { cost, salt, tag } = parsePhc(phc ?? this.#decoy);
    const compute = async (): Promise<Buffer> => await derive(password, salt, cost, tag.length);
    return timingSafeEqual(await this.#wait(waiting, compute), tag) && phc !== null;
  }

  /** A key of 32 bytes that only this password makes, as slowly as a hash. */
  async deriveKey(password: string, salt: Uint8Array, waiting: HashWaiting = {}): Promise<Buffer> {
    return await this.#wait(waiting, async () => await derive(password, salt, COST, 32));
  }

  async #wait<T>({ from = '', background = false }: HashWaiting, work: () => Promise<T>): Promise<T> {
    return background ? await this.#queue.runInBackground(work) : await this.#queue.run(from, work);
  }
}

async function derive(password: string, salt: Uint8Array, cost: Cost, tagLength: number): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    // The same password typed on another keyboard may come composed differently (RFC 8265, 4.2).
    const message = Buffer.from(password.normalize('NFC'));
    argon2('argon2id', { message, nonce: salt, ...cost, tagLength }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

function writePhc(salt: Uint8Array, tag: Uint8Array): string {
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}`;
}

function parsePhc(phc: string): { cost: Cost; salt: Buffer; tag: Buffer } {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc);
  if (match === null) throw new Error('the stored password is not an Argon2id PHC string');
  const [, memory, passes, parallelism, salt, tag] = match;
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt ?? '', 'base64'),
    tag: Buffer.from(tag ?? '', 'base64'),
  };
}

/** PHC wants base64 without padding. */
function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}
