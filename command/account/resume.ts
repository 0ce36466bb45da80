import type { Call, Outcome } from '../call.ts';
import { setPaused } from './set-paused.ts';

/** `account resume ID` */
export async function run(call: Call): Promise<Outcome> {
  return await setPaused(call, false);
}
