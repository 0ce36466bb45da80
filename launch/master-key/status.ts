import type { Call, Outcome } from '../../command/call.ts';
import { askVault, findVault, viewVault } from './vault-status.ts';

/** `master-key status`: which key seals, how rotations went, and whom one waits for. */
export async function run(call: Call): Promise<Outcome> {
  return viewVault(call, await askVault(findVault(call), 'status'));
}
