import { readFile } from 'node:fs/promises';
import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { MailError } from '../../common/errors.ts';
import { writeSecretFile } from '../../server-kit/auth/part-key.ts';
import { seal, unseal } from './seal.ts';

/** The key outside the database, under which everything secret inside it stands. */
export interface MasterKey {
  seal(plain: Uint8Array, aad: readonly string[]): Buffer;
  /** MailError `unavailable` (`wrong-master-key`) when it was sealed under another key. */
  unseal(sealed: Uint8Array, aad: readonly string[]): Buffer;
  /** A key for one purpose, from which neither the master key nor the others can be told. */
  derive(purpose: string): Buffer;
}

/**
 * Reads `file`, or without one `master.key` of the data directory, which is made at the first start (0400, base64 of 32
 * bytes), `mayMake`: a database that has been sealed before wants its own key back, not a new one.
 */
export async function loadMasterKey(
  file: string | null,
  dataDir: string,
  random: (size: number) => Uint8Array,
  mayMake: boolean,
): Promise<MasterKey> {
  const path = file ?? join(dataDir, 'master.key');
  let text = await readText(path);
  if (text === null && file === null) {
    if (!mayMake) {
      throw new MailError('unavailable', `${path} is gone, and with it the key of this database`, {
        reason: 'wrong-master-key',
      });
    }
    text = Buffer.from(random(32)).toString('base64');
    await writeSecretFile(path, `${text}\n`);
  }
  if (text === null) throw refuseKey(`${path} does not exist`);
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== 32) throw refuseKey(`${path} does not hold 32 bytes in base64`);
  return makeMasterKey(bytes, random);
}

export function makeMasterKey(bytes: Uint8Array, random: (size: number) => Uint8Array): MasterKey {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', bytes, Buffer.alloc(0), `valija ${purpose}`, 32));
  const wrapping = derive('wrap');
  return {
    seal: (plain, aad) => seal(wrapping, plain, aad, random),
    unseal: (sealed, aad) => {
      try {
        return unseal(wrapping, sealed, aad);
      } catch (error) {
        throw new MailError('unavailable', 'the master key is not the one of this database', {
          reason: 'wrong-master-key',
          cause: error,
        });
      }
    },
    derive,
  };
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function refuseKey(message: string): MailError {
  return new MailError('usage', message, {
    field: 'VALIJA_MASTER_KEY_FILE',
    reason: 'setting',
    params: { setting: 'VALIJA_MASTER_KEY_FILE', expected: 'base64 of 32 bytes' },
  });
}
