import type { PolicyView } from '../../common/shapes/policy.ts';
import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { findPlace } from '../layer/find-place.ts';
import { ask } from '../server/connection.ts';
import { writePolicySettings } from './policy-settings.ts';

/** `policy show [--organisation|--group NAME]`: what is set there, and what holds. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const of = await findPlace(connection, call.typed);
  const policy = await ask(connection.profile.policy.get.query({ of }));
  return { value: viewPolicy(policy), text: formatPolicy(call, policy) };
}

export function formatPolicy(call: Call, { settings, inForce }: PolicyView): string {
  const words = call.words();
  const set = new Map(writePolicySettings(settings));
  const rows = writePolicySettings(inForce).map(([name, value]) => [name, set.get(name) ?? '', value]);
  return formatTable([[words.policySetting, words.policySet, words.policyInForce], ...rows]);
}

/** Its keys in the order of docs/json.md. */
export function viewPolicy(policy: PolicyView): PolicyView {
  const { of, revision, settings, inForce, changedAt, changedBy } = policy;
  return { of, revision, settings, inForce, changedAt, changedBy };
}
