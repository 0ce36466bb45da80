import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { deriveFromPassphrase } from '../../server-kit/sealed-file.ts';
import { isThere } from '../../server-kit/is-there.ts';

const FORMAT = 'valija-backup';
const description = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  encryption: z.object({ kdf: z.literal('scrypt'), salt: z.string(), check: z.string() }).nullable(),
});

/**
 * Reads what a repository says of itself, or begins one in an empty folder (`make`); its key, null where it has none.
 * MailError `invalid` reason `passphrase`, `not-found` reason `no-repository`.
 */
export async function openRepositoryKey(
  path: string,
  passphrase: string | null,
  make: boolean,
): Promise<Buffer | null> {
  const file = join(path, 'repository.json');
  if (!isThere(file)) {
    if (!make)
      throw new MailError('not-found', `${path} is no backup`, {
        reason: 'no-repository',
        params: { dir: path },
      });
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (readdirSync(path).length > 0) {
      throw new MailError('conflict', `${path} is not empty`, {
        reason: 'not-repository',
        params: { dir: path },
      });
    }
    const salt = randomBytes(16);
    const key = passphrase === null ? null : await deriveFromPassphrase(passphrase, salt);
    const encryption =
      key === null ? null : { kdf: 'scrypt', salt: salt.toString('base64'), check: checkOf(key) };
    writeFileSync(file, `${JSON.stringify({ format: FORMAT, version: 1, encryption })}\n`, {
      mode: 0o600,
      flush: true,
    });
    return key;
  }
  const parsed = description.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success)
    throw new MailError('not-found', 'not a backup of ours', {
      reason: 'no-repository',
      params: { dir: path },
    });
  const { encryption } = parsed.data;
  if (encryption === null) {
    if (passphrase === null) return null;
    throw new MailError('invalid', 'it has no passphrase', { reason: 'passphrase-useless' });
  }
  if (passphrase === null)
    throw new MailError('invalid', 'it has a passphrase', { reason: 'passphrase-needed' });
  const key = await deriveFromPassphrase(passphrase, Buffer.from(encryption.salt, 'base64'));
  if (checkOf(key) !== encryption.check)
    throw new MailError('invalid', 'wrong passphrase', { reason: 'passphrase' });
  return key;
}

function checkOf(key: Buffer): string {
  return createHash('sha256').update('valija backup check').update(key).digest('base64');
}
