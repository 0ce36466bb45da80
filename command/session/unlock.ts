import type { Call, Outcome } from '../call.ts';
import { unlock } from '../server/unlock.ts';

/** `unlock`: this session opens the accounts that are polled only while their user is signed in. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  await unlock(call, connection);
  return { value: { unlocked: true }, text: call.words().unlocked };
}
