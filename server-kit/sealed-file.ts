import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { MailError } from '../common/errors.ts';

/** First line of a sealed file; the next one is JSON with the parameters; chunks follow (docs/transfer.md). */
const MAGIC = 'VALIJA-SEALED-1\n';
const CHUNK = 64 * 1024;
const TAG = 16;
const PREFIX = 7;
/** 128 MiB and about half a second for each guess. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;

/** 32 bytes from what a person typed or keeps in a file. `salt` is not secret. */
export async function deriveFromPassphrase(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  const options = { ...COST, maxmem: 256 << 20 };
  return await new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/**
 * Encrypts with AES-256-GCM in chunks as STREAM does (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce counts and
 * marks the last chunk, so that none can be changed, moved, or cut off.
 */
export async function sealFile(
  plain: Uint8Array,
  passphrase: string,
  random: (size: number) => Uint8Array = randomBytes,
): Promise<Buffer> {
  const salt = Buffer.from(random(16));
  const prefix = Buffer.from(random(PREFIX));
  const key = await deriveFromPassphrase(passphrase, salt);
  const parameters = {
    kdf: 'scrypt',
    ...COST,
    salt: salt.toString('base64'),
    cipher: 'aes-256-gcm',
    prefix: prefix.toString('base64'),
    chunk: CHUNK,
  };
  const head = Buffer.from(`${MAGIC}${JSON.stringify(parameters)}\n`);
  const out = [head];
  const chunks = Math.max(1, Math.ceil(plain.length / CHUNK));
  for (let index = 0; index < chunks; index += 1) {
    const cipher = createCipheriv('aes-256-gcm', key, makeNonce(prefix, index, index === chunks - 1));
    cipher.setAAD(head);
    const piece = plain.subarray(index * CHUNK, (index + 1) * CHUNK);
    out.push(cipher.update(piece), cipher.final(), cipher.getAuthTag());
  }
  return Buffer.concat(out);
}

/** MailError `invalid` reason `sealed-file` (not one, or damaged) or `passphrase`. */
export async function openSealedFile(sealed: Buffer, passphrase: string): Promise<Buffer> {
  const { head, salt, prefix } = readHead(sealed);
  const key = await deriveFromPassphrase(passphrase, salt);
  const out: Buffer[] = [];
  const full = CHUNK + TAG;
  const body = sealed.subarray(head.length);
  const chunks = Math.ceil(body.length / full);
  if (chunks === 0) throw refuse('sealed-file');
  for (let index = 0; index < chunks; index += 1) {
    const piece = body.subarray(index * full, (index + 1) * full);
    const nonce = makeNonce(prefix, index, index === chunks - 1);
    // A shorter tag would be easier to guess.
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
    decipher.setAAD(head);
    try {
      decipher.setAuthTag(piece.subarray(-TAG));
      out.push(decipher.update(piece.subarray(0, -TAG)), decipher.final());
    } catch (error) {
      throw refuse(index === 0 ? 'passphrase' : 'sealed-file', error);
    }
  }
  return Buffer.concat(out);
}

export function isSealedFile(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') === MAGIC;
}

function readHead(sealed: Buffer): { head: Buffer; salt: Buffer; prefix: Buffer } {
  const end = sealed.indexOf(10, MAGIC.length);
  try {
    if (!isSealedFile(sealed) || end === -1 || end > 1000) throw refuse('sealed-file');
    const given = JSON.parse(sealed.toString('utf8', MAGIC.length, end)) as Record<string, unknown>;
    const salt = Buffer.from(String(given['salt']), 'base64');
    const prefix = Buffer.from(String(given['prefix']), 'base64');
    const known =
      given['kdf'] === 'scrypt' && given['N'] === COST.N && given['r'] === COST.r && given['p'] === COST.p;
    if (!known || given['chunk'] !== CHUNK || prefix.length !== PREFIX) throw refuse('sealed-file');
    return { head: sealed.subarray(0, end + 1), salt, prefix };
  } catch (error) {
    throw error instanceof MailError ? error : refuse('sealed-file', error);
  }
}

function makeNonce(prefix: Buffer, index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  prefix.copy(nonce);
  nonce.writeUInt32BE(index, PREFIX);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function refuse(reason: 'sealed-file' | 'passphrase', cause?: unknown): MailError {
  return new MailError('invalid', reason, { reason, cause });
}
