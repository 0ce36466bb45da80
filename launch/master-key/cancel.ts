import type { Call, Outcome } from '../../command/call.ts';
import { askVault, findVault, viewVault } from './vault-status.ts';

/** `master-key cancel`: a rotation that waits for a process which will never learn the new key. */
export async function run(call: Call): Promise<Outcome> {
  return viewVault(call, await askVault(findVault(call), 'cancel'));
}
