import { resolve } from 'node:path';
import type { Call } from '../command/call.ts';
import { readPassphrase } from '../command/transfer/passphrase.ts';
import type { Repository } from '../storage-server/operate.ts';

/** The repository at a path, with the passphrase of `--passphrase-file` where one is given. */
export async function openRepository(call: Call, path: string, mode: 'read' | 'write'): Promise<Repository> {
  const { Repository } = await import('../storage-server/operate.ts');
  const passphrase = call.typed.has('passphrase-file') ? readPassphrase(call) : null;
  return await Repository.open(resolve(path), passphrase, mode);
}
