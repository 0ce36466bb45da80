import type { Call, Outcome } from '../call.ts';
import { setEnabled } from './set-enabled.ts';

export async function run(call: Call): Promise<Outcome> {
  return await setEnabled(call, false);
}
