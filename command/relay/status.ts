import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { formatStatus } from './format-status.ts';

/** `relay status`: what is paused, why and since when, and how much waits. */
export async function run(call: Call): Promise<Outcome> {
  const { relay } = await call.connect();
  const status = await ask(relay.control.status.query());
  return { value: status, text: formatStatus(status, call) };
}
