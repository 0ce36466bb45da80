import {
  type CryptoKey,
  type JWK,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
} from 'jose';
import type { SigningKey } from '../../../server-kit/auth/access-token.ts';
import { ACCESS_TOKEN_SECONDS } from '../../../server-kit/auth/access-token.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { DAY, SECOND, type Clock } from '../../../common/time.ts';
import type { MasterKey } from '../../vault/master-key.ts';
import { type SigningKeyRow, addSigningKey, listSigningKeys } from './signing-key-store.ts';

/** A key signs this long, then a new one does. */
const SIGNS_FOR = 30 * DAY;
/** A replaced key stays published until its last token is long dead. */
const PUBLISHED_AFTER = 4 * ACCESS_TOKEN_SECONDS * SECOND;
/** Another profile-server on the same database may have made one. */
const LOOK_AGAIN = 60 * SECOND;

/** The keys of access tokens: the newest signs, the others are published while their tokens may live. */
export class SigningKeys {
  readonly #db: Database;
  readonly #masterKey: MasterKey;
  readonly #clock: Clock;
  #rows: SigningKeyRow[] = [];
  #published: { rows: readonly SigningKeyRow[]; set: { keys: JWK[] } } = { rows: [], set: { keys: [] } };
  #readAt = Number.NEGATIVE_INFINITY;
  #current: SigningKey | null = null;
  #renewing: Promise<void> | null = null;

  constructor(db: Database, masterKey: MasterKey, clock: Clock) {
    this.#db = db;
    this.#masterKey = masterKey;
    this.#clock = clock;
  }

  /** MailError `unavailable` (`wrong-master-key`) when the master key is not the one of this database. */
  async current(): Promise<SigningKey> {
    await this.#refresh();
    const newest = this.#rows[0];
    if (newest === undefined) throw new Error('no signing key');
    if (this.#current?.kid !== newest.kid) {
      const jwk = JSON.parse(this.#masterKey.unseal(newest.sealed, aadOf(newest.kid)).toString()) as JWK;
      this.#current = { kid: newest.kid, key: (await importJWK(jwk, 'EdDSA')) as CryptoKey };
    }
    return this.#current;
  }

  /** The published key set (RFC 7517); `fresh` looks for keys that another profile-server has made just now. */
  async published(fresh = false): Promise<{ keys: JWK[] }> {
    if (fresh) await this.#read();
    await this.#refresh();
    // The same object while they are the same: whoever verifies keeps what it made of them.
    if (this.#published.rows !== this.#rows) {
      const keys = this.#rows.map((row) => JSON.parse(row.public_jwk) as JWK);
      this.#published = { rows: this.#rows, set: { keys } };
    }
    return this.#published.set;
  }

  /** Begins to sign with a new key now; the former stays published while its tokens live. */
  async rotate(): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const jwk = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(jwk);
    const sealed = this.#masterKey.seal(Buffer.from(JSON.stringify(await exportJWK(privateKey))), aadOf(kid));
    const published = JSON.stringify({ ...jwk, kid, alg: 'EdDSA', use: 'sig' });
    const row = { kid, public_jwk: published, sealed, created_at: this.#clock.now() };
    await this.#db.write(async (tx) => await addSigningKey(tx, row));
    await this.#read();
  }

  /** Several calls at once share one look and make one key. */
  async #refresh(): Promise<void> {
    const now = this.#clock.now();
    if (now - this.#readAt < LOOK_AGAIN && this.#isFresh(now)) return;
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
    });
    await this.#renewing;
  }

  async #renew(): Promise<void> {
    await this.#read();
    if (!this.#isFresh(this.#clock.now())) await this.rotate();
  }

  #isFresh(now: number): boolean {
    const newest = this.#rows[0];
    return newest !== undefined && now - newest.created_at < SIGNS_FOR;
  }

  async #read(): Promise<void> {
    const now = this.#clock.now();
    const rows = await listSigningKeys(this.#db.read);
    // A key's last token was signed when the next key was made.
    this.#rows = rows.filter(
      (_, at) => at === 0 || now - (rows[at - 1]?.created_at ?? now) < PUBLISHED_AFTER,
    );
    this.#readAt = now;
  }
}

function aadOf(kid: string): string[] {
  return ['signing_key', kid];
}
