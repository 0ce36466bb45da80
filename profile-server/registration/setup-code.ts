import { MailError } from '../../common/errors.ts';
import type { Database, Writer } from '../../server-kit/database/database.ts';
import { hashSecretCode, makeSecretCode } from '../secret-code.ts';
import {
  countWrongSetupCode,
  putSetupCode,
  readSetupCode,
  removeSetupCode,
  useSetupCode,
} from './setup-code-store.ts';
import { hasAdmin } from '../user/user-store.ts';

const TRIES = 5;

/**
 * Lets one registration become the first admin. The database keeps a hash;
 * the code itself is known only to the process that made it and to whoever read it there.
 */
export class SetupCode {
  readonly #db: Database;
  readonly #random: (size: number) => Uint8Array;
  #code: string | null = null;

  constructor(db: Database, random: (size: number) => Uint8Array) {
    this.#db = db;
    this.#random = random;
  }

  /** Null once there is an admin. */
  get code(): string | null {
    return this.#code;
  }

  /** A new code at every start, while no admin exists. */
  async open(): Promise<void> {
    if (await hasAdmin(this.#db.read)) {
      await this.#db.write(removeSetupCode);
      this.#code = null;
    } else {
      this.#code = await this.#db.write(async (tx) => await this.#renew(tx));
    }
  }

  /** Throws `invalid` for a wrong one; the fifth wrong one makes a new code. */
  async check(code: string): Promise<void> {
    const hash = hashSecretCode(code);
    const right = await this.#db.write(async (tx) => {
      const kept = await readSetupCode(tx);
      if (kept === null || kept.hash === hash) return kept !== null;
      await countWrongSetupCode(tx);
      if (((await readSetupCode(tx))?.wrong ?? 0) >= TRIES) this.#code = await this.#renew(tx);
      return false;
    });
    if (!right) throw refuseSetupCode();
  }

  /** Within the registration's own transaction: of two at once with the same code one becomes admin. */
  async use(tx: Writer, code: string): Promise<void> {
    if (!(await useSetupCode(tx, hashSecretCode(code)))) throw refuseSetupCode();
  }

  /** After that transaction. */
  close(): void {
    this.#code = null;
  }

  async #renew(tx: Writer): Promise<string> {
    const code = makeSecretCode(this.#random);
    await putSetupCode(tx, hashSecretCode(code));
    return code;
  }
}

function refuseSetupCode(): MailError {
  return new MailError('invalid', 'setup code refused', { field: 'setupCode', reason: 'setup-code' });
}
