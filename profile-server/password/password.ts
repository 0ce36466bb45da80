import { argon2, timingSafeEqual } from 'node:crypto';
import { MailError } from '../../common/errors.ts';

/** Argon2id, 46 MiB, one pass, one lane. */
const COST = { memory: 47_104, passes: 1, parallelism: 1, tagLength: 32 } as const;
const SALT_BYTES = 16;
/** At once: each takes 46 MiB and one of the four pool threads that files and zlib use too. */
const AT_ONCE = 2;
/** Waiting beyond this is refused rather than queued: about five seconds of work. */
const QUEUE_LIMIT = 200;

interface Cost {
  memory: number;
  passes: number;
  parallelism: number;
}

/** Hashes and checks passwords, a few at a time. */
export class PasswordHasher {
  readonly #random: (size: number) => Uint8Array;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #decoy: Promise<string> | null = null;

  constructor(random: (size: number) => Uint8Array) {
    this.#random = random;
  }

  /** A PHC string: `$argon2id$v=19$m=47104,t=1,p=1$salt$hash`. */
  async hash(password: string): Promise<string> {
    const salt = this.#random(SALT_BYTES);
    const tag = await this.#compute(password, salt, COST, COST.tagLength);
    const { memory, passes, parallelism } = COST;
    return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(tag)}`;
  }

  /** With `phc` null (no such user) it takes as long and says no. */
  async verify(password: string, phc: string | null): Promise<boolean> {
    this.#decoy ??= this.hash(encode(this.#random(SALT_BYTES)));
    const decoy = await this.#decoy;
    const { cost, salt, tag } = parsePhc(phc ?? decoy);
    const computed = await this.#compute(password, salt, cost, tag.length);
    return timingSafeEqual(computed, tag) && phc !== null;
  }

  async #compute(password: string, salt: Uint8Array, cost: Cost, tagLength: number): Promise<Buffer> {
    await this.#enter();
    try {
      return await new Promise((resolve, reject) => {
        // The same password typed on another keyboard may come composed differently (RFC 8265, 4.2).
        const message = Buffer.from(password.normalize('NFC'));
        argon2('argon2id', { message, nonce: salt, ...cost, tagLength }, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      });
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < AT_ONCE) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= QUEUE_LIMIT) {
      throw new MailError('unavailable', 'too many sign-ins at once', { reason: 'busy', retryAfter: 5 });
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The place passes straight to whoever waited longest. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
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
