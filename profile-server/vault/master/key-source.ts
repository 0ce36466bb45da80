import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../../common/errors.ts';
import type { Logger } from '../../../server-kit/log.ts';
import { writeSecretFile } from '../../../server-kit/auth/part-key.ts';
import { runKeyCommand } from './key-command.ts';
import { parseKeys, printKeys } from './key-text.ts';

/** Where this process has its master keys from. */
export interface KeySource {
  /** All that stand there now; none where the data directory has no key yet. MailError `usage`, `unavailable`. */
  read(): Promise<Buffer[]>;
  /** Writes them all anew; null where the keys are the operator's to change. */
  write: ((keys: readonly Uint8Array[]) => Promise<void>) | null;
  /** The file; null for a command. */
  path: string | null;
  /** The file is the server's own, in its data directory: it may make keys there. */
  own: boolean;
}

export interface KeyPlace {
  masterKeyFile: string | null;
  masterKeyCommand: string | null;
}

/** A command, a file that an operator names, or `master.key` of the data directory, which is made at the first start. */
export function makeKeySource(place: KeyPlace, dataDir: string, log: Logger): KeySource {
  const { masterKeyCommand: command, masterKeyFile: file } = place;
  if (command !== null) {
    return {
      read: async () => parseKeys(await runKeyCommand(command), 'VALIJA_MASTER_KEY_COMMAND'),
      write: null,
      path: null,
      own: false,
    };
  }
  const path = file ?? join(dataDir, 'master.key');
  return {
    read: async () => {
      const text = await readKeyFile(path, log);
      if (text !== null) return parseKeys(text, path);
      if (file === null) return [];
      throw refuseKeys('VALIJA_MASTER_KEY_FILE', `${path} does not exist`);
    },
    write: async (keys) => await writeSecretFile(path, printKeys(keys)),
    path,
    own: file === null,
  };
}

/** The keys of a file that an operator names for a rotation. MailError `usage`. */
export async function readKeysOf(path: string, log: Logger): Promise<Buffer[]> {
  const text = await readKeyFile(path, log);
  if (text !== null) return parseKeys(text, path);
  throw new MailError('usage', `${path} does not exist`, { reason: 'file-missing', params: { file: path } });
}

/**
 * Null when there is none. Refused where others may change it. Where everybody may read it there is a warning, since whoever has
 * it has all passwords with a copy of the database; but secrets that are mounted into containers look so to all.
 */
async function readKeyFile(path: string, log: Logger): Promise<string | null> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o004) !== 0)
      log.warn('vault.key-file-readable', { file: path, mode: (mode & 0o777).toString(8) });
    if ((mode & 0o022) !== 0) {
      throw new MailError('usage', `${path} is open to others`, {
        reason: 'master-key-mode',
        field: 'VALIJA_MASTER_KEY_FILE',
        params: { file: path, mode: (mode & 0o777).toString(8) },
      });
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function refuseKeys(setting: string, message: string): MailError {
  return new MailError('usage', message, {
    field: setting,
    reason: 'setting-key',
    params: { setting },
  });
}
