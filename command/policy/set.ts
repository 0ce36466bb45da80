import type { Call, Outcome } from '../call.ts';
import { findPlace } from '../layer/find-place.ts';
import { ask } from '../server/connection.ts';
import { readPolicySettings } from './policy-settings.ts';
import { formatPolicy, viewPolicy } from './show.ts';

/** `policy set SETTING=VALUE… [--organisation|--group NAME]`: the other settings stay. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  // Before any server is asked: what is typed wrong is said at once.
  readPolicySettings({}, typed.words);
  const connection = await call.connect();
  const of = await findPlace(connection, typed);
  const { policy } = connection.profile;
  const before = await ask(policy.get.query({ of }));
  const settings = readPolicySettings(before.settings, typed.words);
  const after = await ask(policy.set.mutate({ of, base: before.revision, settings }));
  return { value: viewPolicy(after), text: formatPolicy(call, after) };
}
